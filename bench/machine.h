// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <string>
#include <vector>

#include "casus/ensemble/engine.h"

/// What this machine can do at best, and what time is taken.
namespace casus::bench {

/// Keeps a value from being thought away.
template <class T>
inline void keep(const T& value) {
  asm volatile("" : : "m"(value) : "memory");
}

/// Seconds of the same work, time and again.
class Times {
 public:
  /// Processor time of this thread.
  template <class Work>
  void add(const Work& work) {
    taken_.push_back(spent(CLOCK_THREAD_CPUTIME_ID, work));
  }
  template <class Work>
  void add_wall(const Work& work) {
    taken_.push_back(spent(CLOCK_MONOTONIC, work));
  }
  /// Processor time of the whole program, that of the system for it included.
  template <class Work>
  void add_program(const Work& work) {
    taken_.push_back(spent(CLOCK_PROCESS_CPUTIME_ID, work));
  }
  [[nodiscard]] double least() const { return *std::min_element(taken_.begin(), taken_.end()); }
  [[nodiscard]] double most() const { return *std::max_element(taken_.begin(), taken_.end()); }
  [[nodiscard]] double median() const {
    std::vector<double> all = taken_;
    std::sort(all.begin(), all.end());
    return all[all.size() / 2];
  }

 private:
  static double now(clockid_t clock) {
    timespec t{};
    clock_gettime(clock, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
  }
  template <class Work>
  static double spent(clockid_t clock, const Work& work) {
    const double before = now(clock);
    work();
    return now(clock) - before;
  }
  std::vector<double> taken_;
};

/// The processor, how many of it there are, and how many programs wait for it just now.
[[nodiscard]] std::string machine();

/// A loop that touches no memory: how well two threads can do at all.
[[nodiscard]] double registers_alone(std::size_t rounds);

struct Peak {
  std::string name;
  double rate = 0.0;  ///< operations or bytes a second
};
/// Multiplications and additions, kept apart as in the world, with registers of 32 and of 64 bytes
/// where the machine has them.
[[nodiscard]] std::vector<Peak> arithmetic_peaks();
/// Bytes read and written of a working set that fits each cache, and one that fits none.
[[nodiscard]] std::vector<Peak> reading_peaks();

}  // namespace casus::bench

#if defined(CASUS_HAS_ONE_LANE)
// The kernels compiled for AVX2 with a lane width of one (bench/CMakeLists.txt).
extern "C" casus::ensemble::Engine* casus_engine_avx2_one(const casus::casefile::Case&,
                                                          const casus::intel::Belief&,
                                                          const casus::ensemble::Staging&);
#endif
