// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/mpi_team.h"

#include <mpi.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <exception>
#include <thread>

#include "casus/ensemble/futures.h"

namespace casus {
namespace {

std::size_t place(int number) { return static_cast<std::size_t>(number); }

// MPI counts by int: what may be longer goes piece by piece, in order.
template <class Byte, class Pass>
void in_pieces(Byte* from, std::size_t bytes, const Pass& pass) {
  constexpr std::size_t most = std::size_t{1} << 14U;  // small, so that every run takes several
  for (std::size_t at = 0; at < bytes; at += most)
    pass(from + at, static_cast<int>(std::min(most, bytes - at)));
}

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
    std::uint64_t bytes = by_first.size();
    MPI_Bcast(&bytes, 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
    std::string out = rank_ == 0 ? by_first : std::string(bytes, '\0');
    in_pieces(out.data(), out.size(),
              [](char* piece, int size) { MPI_Bcast(piece, size, MPI_CHAR, 0, MPI_COMM_WORLD); });
    return out;
  }

  [[nodiscard]] std::vector<std::string> collect(const std::string& own) override {
    meet();
    const std::uint64_t bytes = own.size();
    std::vector<std::uint64_t> sizes(place(size_));
    MPI_Gather(&bytes, 1, MPI_UINT64_T, sizes.data(), 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
    if (rank_ != 0) {
      in_pieces(own.data(), own.size(), [](const char* piece, int size) {
        MPI_Send(piece, size, MPI_CHAR, 0, 0, MPI_COMM_WORLD);
      });
      return {};
    }
    std::vector<std::string> out = {own};
    for (int r = 1; r < size_; ++r) {
      std::string& theirs = out.emplace_back(sizes[place(r)], '\0');
      in_pieces(theirs.data(), theirs.size(), [&](char* piece, int size) {
        MPI_Recv(piece, size, MPI_CHAR, r, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
      });
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
