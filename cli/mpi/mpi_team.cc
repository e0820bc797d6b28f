// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/mpi_team.h"

#include <mpi.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <thread>

#include "casus/ensemble/futures.h"

namespace casus {
namespace {

std::size_t place(int number) { return static_cast<std::size_t>(number); }

class MpiTeam final : public ensemble::Team {
 public:
  explicit MpiTeam(bool (*stop)()) : stop_(stop) {
    int given = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &given);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
  }
  // After a failure the others still wait: `casus_end_team` ends them all.
  ~MpiTeam() override {
    if (std::uncaught_exceptions() == 0) MPI_Finalize();
  }
  MpiTeam(const MpiTeam&) = delete;
  MpiTeam& operator=(const MpiTeam&) = delete;

  [[nodiscard]] std::size_t rank() const override { return place(rank_); }
  [[nodiscard]] std::size_t size() const override { return place(size_); }

  // Waits asleep, since a rank that spins takes the core of one that plays.
  void meet() override {
    MPI_Request all = MPI_REQUEST_NULL;
    MPI_Ibarrier(MPI_COMM_WORLD, &all);
    int done = 0;
    for (auto pause = std::chrono::microseconds(50);; pause = std::min(2 * pause, longest_)) {
      MPI_Test(&all, &done, MPI_STATUS_IGNORE);
      if (done != 0) return;
      if (stop_()) throw ensemble::Cancelled();
      std::this_thread::sleep_for(pause);
    }
  }

  [[nodiscard]] std::string tell(const std::string& by_first) override {
    meet();
    auto bytes = static_cast<int>(by_first.size());
    MPI_Bcast(&bytes, 1, MPI_INT, 0, MPI_COMM_WORLD);
    std::string out = rank_ == 0 ? by_first : std::string(place(bytes), '\0');
    MPI_Bcast(out.data(), bytes, MPI_CHAR, 0, MPI_COMM_WORLD);
    return out;
  }

  [[nodiscard]] std::vector<std::string> collect(const std::string& own) override {
    meet();
    const auto bytes = static_cast<int>(own.size());
    std::vector<int> sizes(place(size_)), starts(place(size_));
    MPI_Gather(&bytes, 1, MPI_INT, sizes.data(), 1, MPI_INT, 0, MPI_COMM_WORLD);
    int total = 0;
    for (std::size_t r = 0; rank_ == 0 && r < sizes.size(); ++r) {
      starts[r] = total;
      total += sizes[r];
    }
    std::string all(place(total), '\0');
    MPI_Gatherv(own.data(), bytes, MPI_CHAR, all.data(), sizes.data(), starts.data(), MPI_CHAR, 0,
                MPI_COMM_WORLD);
    std::vector<std::string> out;
    for (std::size_t r = 0; rank_ == 0 && r < sizes.size(); ++r) {
      out.push_back(all.substr(place(starts[r]), place(sizes[r])));
    }
    return out;
  }

 private:
  static constexpr std::chrono::microseconds longest_{5000};
  bool (*stop_)();
  int rank_ = 0, size_ = 1;
};

}  // namespace
}  // namespace casus

casus::ensemble::Team* casus_make_team(bool (*stop)()) {
  return std::make_unique<casus::MpiTeam>(stop).release();
}

void casus_end_team(int code) { MPI_Abort(MPI_COMM_WORLD, code); }
