// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/shard.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace casus::ensemble {
namespace {

std::string results_name(std::size_t option, std::size_t shard) {
  return fmt::format("option_{:03}.shard_{:06}.results", option, shard);
}
std::string weeks_name(std::size_t option, std::size_t shard) {
  return fmt::format("option_{:03}.shard_{:06}.weeks", option, shard);
}
std::string figures_name(std::size_t option) { return fmt::format("option_{:03}.figures", option); }

constexpr std::size_t counts_bytes = 2 * sizeof(std::uint64_t);

template <class T>
void append(std::vector<std::byte>& to, const std::vector<T>& values) {
  const auto bytes = std::as_bytes(std::span(values));
  to.insert(to.end(), bytes.begin(), bytes.end());
}

/// Takes the next values off `from`.
template <class T>
void take(std::span<const std::byte>& from, std::vector<T>& values) {
  const std::size_t bytes = values.size() * sizeof(T);
  if (bytes > 0) std::memcpy(values.data(), from.data(), bytes);
  from = from.subspan(bytes);
}

}  // namespace

Sizes sizes_of(const Futures& described, const casefile::Case& given) {
  return {described.measures.size(), described.questions.size(), described.series.size(),
          described.kept_weeks(),    described.knobs.size(),     given.hypotheses.size(),
          described.signposts};
}

Shard Parts::tables(bool first_option, std::size_t futures) const {
  Shard s;
  s.outcome.resize(sizes_.measures * futures);
  s.answer.resize(sizes_.questions * futures);
  s.turn.resize(sizes_.signposts * futures);
  if (first_option) {
    s.knob.resize(sizes_.knobs * futures);
    s.truth.resize(sizes_.hypotheses * futures);
  }
  return s;
}

Shard Parts::room(bool first_option, std::size_t futures) const {
  Shard s = tables(first_option, futures);
  s.weekly = store_.room(sizes_.series * sizes_.weeks * futures);
  return s;
}

std::size_t Parts::results_bytes(std::size_t option, std::size_t futures) const {
  const std::size_t once = option == 0 ? sizes_.knobs * sizeof(float) + sizes_.hypotheses : 0;
  const std::size_t each =
      (sizes_.measures + sizes_.questions + sizes_.signposts) * sizeof(float) + once;
  return counts_bytes + futures * each;
}

void Parts::put(std::size_t option, std::size_t shard, Shard made) {
  store_.give(weeks_name(option, shard), std::move(made.weekly));
  std::vector<std::byte> bytes;
  append(bytes, std::vector<std::uint64_t>{made.clamps, made.updates});
  append(bytes, made.outcome);
  append(bytes, made.answer);
  append(bytes, made.turn);
  append(bytes, made.knob);
  append(bytes, made.truth);
  store_.put(results_name(option, shard), bytes);
}

bool Parts::has_results(std::size_t option, std::size_t shard, std::size_t futures) {
  return store_.sound(results_name(option, shard), results_bytes(option, futures));
}

bool Parts::has_weeks(std::size_t option, std::size_t shard, std::size_t futures) {
  return store_.sound(weeks_name(option, shard),
                      sizes_.series * sizes_.weeks * futures * sizeof(float));
}

Shard Parts::results(std::size_t option, std::size_t shard, std::size_t futures) const {
  std::vector<std::byte> bytes(results_bytes(option, futures));
  store_.read(results_name(option, shard), 0, bytes);
  Shard out = tables(option == 0, futures);
  std::span<const std::byte> from(bytes);
  std::vector<std::uint64_t> counts(2);
  take(from, counts);
  out.clamps = counts[0];
  out.updates = counts[1];
  take(from, out.outcome);
  take(from, out.answer);
  take(from, out.turn);
  take(from, out.knob);
  take(from, out.truth);
  return out;
}

void Parts::outcome(std::size_t option, std::size_t shard, std::size_t measure,
                    std::span<float> to) const {
  store_.read(results_name(option, shard), counts_bytes + measure * to.size_bytes(),
              std::as_writable_bytes(to));
}

void Parts::weeks(std::size_t option, std::size_t shard, std::size_t first,
                  std::span<float> to) const {
  store_.read(weeks_name(option, shard), first * sizeof(float), std::as_writable_bytes(to));
}

void Parts::drop_weeks(std::size_t option, std::size_t shard) {
  store_.remove(weeks_name(option, shard));
}

bool Parts::has_figures(std::size_t option) {
  return store_.sound(figures_name(option), rows() * sizeof(Figures));
}

std::vector<Figures> Parts::figures(std::size_t option) const {
  std::vector<Figures> out(rows());
  store_.read(figures_name(option), 0, std::as_writable_bytes(std::span(out)));
  return out;
}

void Parts::put_figures(std::size_t option, const std::vector<Figures>& all) {
  store_.put(figures_name(option), std::as_bytes(std::span(all)));
}

void keep_run(Shard& shard, const Run& run, std::size_t at, std::size_t count) {
  const auto spread = [&](const std::vector<float>& from, auto& to) {
    const std::size_t rows = from.size() / block_futures;
    const std::size_t futures = rows > 0 ? to.size() / rows : 0;
    for (std::size_t row = 0; row < rows; ++row) {
      std::copy_n(from.data() + row * block_futures, count, to.data() + row * futures + at);
    }
  };
  spread(run.outcome, shard.outcome);
  spread(run.answer, shard.answer);
  spread(run.turn, shard.turn);
  spread(run.weekly, shard.weekly);
}

}  // namespace casus::ensemble
