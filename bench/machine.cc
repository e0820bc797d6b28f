// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "bench/machine.h"

#include <cstdint>
#include <fstream>

#include "casus/base/parallel.h"

namespace casus::bench {
namespace {

template <std::size_t bytes>
struct Wide {
  using Floats __attribute__((vector_size(bytes))) = float;
};

constexpr std::size_t chains = 12;  ///< as many sums at a time as hide how long each takes

/// One product and one sum of a whole register in each chain and round.
template <class V>
[[gnu::always_inline]] inline float products_and_sums(std::size_t rounds) {
  V sum[chains], by;
  for (std::size_t i = 0; i < chains; ++i) sum[i] = V{} + static_cast<float>(i);
  by = V{} + 0.999F;
  asm volatile("" : "+x"(by));
  for (std::size_t r = 0; r < rounds; ++r) {
#pragma GCC unroll 12
    for (std::size_t i = 0; i < chains; ++i) sum[i] = sum[i] * by + by;
  }
  float all = 0.0F;
  for (std::size_t i = 0; i < chains; ++i) all += sum[i][0];
  return all;
}

constexpr std::size_t rounds_of_peak = 4'000'000;

[[gnu::target("avx2")]] float narrow() {
  return products_and_sums<Wide<32>::Floats>(rounds_of_peak);
}
[[gnu::target("avx512f,avx512vl,prefer-vector-width=512")]] float wide() {
  return products_and_sums<Wide<64>::Floats>(rounds_of_peak);
}

double rate_of(double done, double (*seconds)()) { return done / seconds(); }

template <float (*work)()>
double seconds_of() {
  Times times;
  for (int i = 0; i < 5; ++i) times.add([] { keep(work()); });
  return times.least();
}

/// Reads and writes `bytes` in the middle of a cache line's reach, as the week does.
[[gnu::target("avx2")]] void pass(float* x, std::size_t n) {
  using V = Wide<32>::Floats;
  auto* v = reinterpret_cast<V*>(x);
  for (std::size_t i = 0; i < n / 8; ++i) v[i] = v[i] + 1.0F;
}

double passing(std::size_t bytes) {
  constexpr std::size_t total = std::size_t{1} << 30U;
  const std::size_t n = bytes / sizeof(float);
  std::vector<float> room(n + 16, 1.0F);
  const auto skip = (64 - reinterpret_cast<std::uintptr_t>(room.data()) % 64) / sizeof(float);
  float* x = room.data() + skip;
  const std::size_t passes = std::max<std::size_t>(total / bytes, 1);
  Times times;
  for (int i = 0; i < 3; ++i) {
    times.add([&] {
      for (std::size_t p = 0; p < passes; ++p) {
        pass(x, n);
        keep(*x);
      }
    });
  }
  return 2.0 * static_cast<double>(passes * bytes) / times.least();
}

}  // namespace

std::string machine() {
  std::ifstream processors("/proc/cpuinfo");
  std::string line, name = "a processor of unknown name";
  while (std::getline(processors, line)) {
    if (line.rfind("model name", 0) == 0) name = line.substr(line.find(':') + 2);
  }
  std::string load;
  std::ifstream("/proc/loadavg") >> load;
  return name + ", " + std::to_string(hardware_threads()) + " threads, load " + load;
}

double registers_alone(std::size_t rounds) {
  std::uint64_t a = 88172645463325252ULL, b = 1234567, c = 89, d = 13;
  for (std::size_t i = 0; i < rounds; ++i) {
    a ^= a << 13U, b ^= b >> 7U, c ^= c << 17U, d += a;
    b += c, c += d;
  }
  return static_cast<double>(a ^ b ^ c ^ d);
}

std::vector<Peak> arithmetic_peaks() {
  std::vector<Peak> out;
  const double operations = 2.0 * chains * rounds_of_peak;
  if (__builtin_cpu_supports("avx2"))
    out.push_back({"AVX2", rate_of(8.0 * operations, seconds_of<narrow>)});
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl"))
    out.push_back({"AVX-512", rate_of(16.0 * operations, seconds_of<wide>)});
  return out;
}

std::vector<Peak> reading_peaks() {
  std::vector<Peak> out;
  if (!__builtin_cpu_supports("avx2")) return out;
  out.push_back({"24 KiB", passing(std::size_t{24} << 10U)});
  out.push_back({"384 KiB, the state of eight futures", passing(std::size_t{384} << 10U)});
  out.push_back({"768 KiB, the state of sixteen", passing(std::size_t{768} << 10U)});
  out.push_back({"8 MiB", passing(std::size_t{8} << 20U)});
  out.push_back({"256 MiB", passing(std::size_t{256} << 20U)});
  return out;
}

}  // namespace casus::bench
