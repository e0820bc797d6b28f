// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/base/numeric.h"
#include "casus/base/parallel.h"
#include "casus/calibrate/csv.h"

namespace casus::calibrate {
namespace {

constexpr std::array<std::string_view, 9> names = {
    "log_mean_net",   "sd_root_net",     "memory_root_net", "log_lumpiness", "quiet_share",
    "spread_sectors", "memory_1_sector", "memory_8_sector", "lost_share"};
constexpr int fewest_weeks = 12;
constexpr int far_lag = 8;

double mean_of(const std::vector<double>& x) {
  return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

double variance_of(const std::vector<double>& x) {
  const double m = mean_of(x);
  double sum = 0.0;
  for (const double v : x) sum += (v - m) * (v - m);
  return sum / static_cast<double>(x.size() - 1);
}

double autocorrelation(const std::vector<double>& x, std::size_t lag) {
  const double m = mean_of(x);
  double own = 1e-9;
  double shared = 0.0;
  for (std::size_t t = 0; t < x.size(); ++t) {
    own += (x[t] - m) * (x[t] - m);
    if (t >= lag) shared += (x[t] - m) * (x[t - lag] - m);
  }
  return shared / own;
}

std::vector<std::vector<double>> record_of(const Theatre& theatre, const WeeklyTable& territory,
                                           int weeks) {
  std::vector<std::vector<double>> km2;
  for (const auto& sector : theatre.model().given().sectors) {
    const auto values = territory.at("km2_" + sector.id);
    std::vector<double> week;
    for (int w = 0; w < weeks; ++w) {
      const double x = static_cast<std::size_t>(w) < values.size()
                           ? values[static_cast<std::size_t>(w)]
                           : missing;
      week.push_back(std::isfinite(x) ? x : 0.0);
    }
    km2.push_back(std::move(week));
  }
  return km2;
}

std::vector<Scores> prior_draws(const Fitted& fitted, std::size_t members, std::uint64_t seed) {
  static constexpr Stream stream("calibrate.prior");
  std::vector<Scores> out(members, Scores(fitted.size()));
  for (std::uint32_t j = 0; j < members; ++j) {
    for (std::uint32_t i = 0; i < fitted.size(); ++i)
      out[j][i] = Draws(seed).normal(stream, j, 0, i);
  }
  return out;
}

/// Summaries of every lane's made-up record, of every draw of the prior.
std::vector<std::vector<double>> prior_summaries(const Theatre& theatre,
                                                 const std::vector<Scores>& prior, int weeks,
                                                 std::uint64_t seed, const Together& together) {
  const std::size_t k = names.size();
  const auto by_member = work_together(
      prior.size(), Group::world_lanes * k,
      [&](std::size_t j) {
        std::vector<double> out;
        for (const auto& record :
             made_up_records(theatre, prior[j], seed, static_cast<std::uint32_t>(j), weeks)) {
          const auto s = summarise(record);
          out.insert(out.end(), s.begin(), s.end());
        }
        return out;
      },
      together);
  std::vector<std::vector<double>> said(k);
  for (const auto& lanes : by_member) {
    for (std::size_t i = 0; i < lanes.size(); ++i) said[i % k].push_back(lanes[i]);
  }
  return said;
}

std::vector<Gate> gates_of(std::vector<std::vector<double>> said, const std::vector<double>& seen) {
  std::vector<Gate> gates;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::ranges::sort(said[i]);
    const auto at = [&](double p) {
      return said[i][static_cast<std::size_t>(p * static_cast<double>(said[i].size() - 1))];
    };
    if (seen[i] < said[i].front() || seen[i] > said[i].back())
      throw ModelError(fmt::format(
          "'{}' of the record is {:.3g}; no record under the priors reaches it ({:.3g} to {:.3g})",
          names[i], seen[i], said[i].front(), said[i].back()));
    gates.push_back({names[i], seen[i], at(0.05), at(0.5), at(0.95)});
  }
  return gates;
}

std::string written(double value) { return fmt::format("{:.9g}", value); }

double number_of(const std::string& text) {
  double x = 0.0;
  std::from_chars(text.data(), text.data() + text.size(), x);
  return x;
}

/// What lies beside the draws while they are being fitted: scores after a round, to the last bit.
class Checkpoint {
 public:
  Checkpoint(std::filesystem::path file, std::string about)
      : file_(std::move(file)), about_(std::move(about)) {
    if (!file_.empty()) file_ += ".part";
  }

  void keep(int round, const std::vector<Scores>& ensemble) const {
    if (file_.empty()) return;
    std::string out = fmt::format("# {}, round {}\n", about_, round);
    for (const Scores& z : ensemble) out += fmt::format("{:.17g}\n", fmt::join(z, ","));
    write_file(file_, out);
  }

  /// Rounds that lie behind; their ensemble goes to `ensemble`. Nothing of another run is taken.
  [[nodiscard]] int take(int rounds, std::vector<Scores>& ensemble) const {
    if (file_.empty() || !std::filesystem::exists(file_)) return 0;
    const std::string text = read_file(file_);
    for (int round = 1; round <= rounds; ++round) {
      const std::string head = fmt::format("# {}, round {}\n", about_, round);
      if (!text.starts_with(head)) continue;
      auto read = ensemble;
      if (!parse(std::string_view(text).substr(head.size()), read)) return 0;
      ensemble = std::move(read);
      return round;
    }
    return 0;
  }

  void drop() const {
    std::error_code ignored;
    if (!file_.empty()) std::filesystem::remove(file_, ignored);
  }

 private:
  static bool parse(std::string_view text, std::vector<Scores>& into) {
    for (Scores& z : into) {
      for (double& x : z) {
        const auto got = std::from_chars(text.data(), text.data() + text.size(), x);
        if (got.ec != std::errc() || !std::isfinite(x)) return false;
        text.remove_prefix(static_cast<std::size_t>(got.ptr - text.data()));
        if (text.empty()) return false;
        text.remove_prefix(1);
      }
    }
    return text.empty();
  }

  std::filesystem::path file_;
  std::string about_;
};

/// What tells one fit from another: case, record, and how it is fitted.
std::string about_fit(const Theatre& theatre, const WeeklyTable& known,
                      const std::vector<double>& seen, const CalibrationOptions& how) {
  const auto& given = theatre.model().given();
  const std::string inputs = fmt::format("{} {:.17g}", given.digest, fmt::join(seen, " "));
  return fmt::format("case {}, version {}, inputs {}, seed {}, weeks to {}, members {}, rounds {}",
                     given.id, version(), digest(inputs), how.seed,
                     to_string(known.monday(known.weeks - 1)), how.members, how.rounds);
}

bool starts_with_line(const std::filesystem::path& file, const std::string& line) {
  return std::filesystem::exists(file) && read_file(file).starts_with("# " + line + "\n");
}

}  // namespace

std::span<const std::string_view> summary_names() { return names; }

std::vector<double> summarise(const std::vector<std::vector<double>>& km2) {
  const std::size_t weeks = km2.front().size();
  CASUS_CHECK(weeks >= fewest_weeks);
  std::vector<double> root(weeks), sector_log;
  double lumps = 0.0;
  double quiet = 0.0;
  double lost = 0.0;
  double near = 0.0;
  double far = 0.0;
  double all = 0.0;
  for (std::size_t w = 0; w < weeks; ++w) {
    double net = 0.0;
    for (const auto& sector : km2) net += sector[w];
    all += net / static_cast<double>(weeks);
    root[w] = std::sqrt(std::max(net, 0.0));
  }
  const auto sectors = static_cast<double>(km2.size());
  for (const auto& sector : km2) {
    std::vector<double> log_week;
    for (const double x : sector) {
      log_week.push_back(casus::log1p(std::max(x, 0.0)));
      if (std::fabs(x) <= MapLaw::nothing) quiet += 1.0 / (sectors * static_cast<double>(weeks));
      if (x < -MapLaw::nothing) lost += 1.0 / (sectors * static_cast<double>(weeks));
    }
    lumps += variance_of(sector) / sectors;
    sector_log.push_back(casus::log(std::max(mean_of(sector), 0.0) + 0.3));
    near += autocorrelation(log_week, 1) / sectors;
    far += autocorrelation(log_week, far_lag) / sectors;
  }
  return {casus::log(std::max(all, 0.1)),
          std::sqrt(variance_of(root)),
          autocorrelation(root, 1),
          casus::log(lumps / std::max(all / sectors, 0.01) + 0.01),
          quiet,
          std::sqrt(variance_of(sector_log)),
          near,
          far,
          lost};
}

std::vector<std::vector<std::vector<double>>> made_up_records(const Theatre& theatre,
                                                              const Scores& z, std::uint64_t seed,
                                                              std::uint32_t index, int weeks) {
  static constexpr std::array<Stream, 2> streams = {Stream("calibrate.ground"),
                                                    Stream("calibrate.lost")};
  Group group = start_group(theatre, seed, index, 1, z);
  const std::size_t n = group.lanes();
  const std::uint32_t first = index * static_cast<std::uint32_t>(n);
  const Draws draws(seed);
  std::vector<std::vector<std::vector<double>>> out(
      n, std::vector<std::vector<double>>(theatre.sectors()));
  std::vector<double> km2(theatre.sectors() * n);
  for (int week = 0; week < weeks; ++week) {
    const Expected e = expect(theatre, group, week);
    const auto w = static_cast<std::uint32_t>(week);
    for (std::uint32_t s = 0; s < theatre.sectors(); ++s) {
      for (std::uint32_t i = 0; i < n; ++i) {
        const std::size_t at = s * n + i;
        km2[at] = group.map.draw_net(e.gain[at], e.loss[at], draws, streams, first + i, w, s);
        out[i][s].push_back(km2[at]);
      }
    }
    pass_week(theatre, group, week, seed, first, km2);
  }
  return out;
}

Simulated simulate(const Theatre& theatre, const Scores& z, std::uint64_t seed, std::uint32_t index,
                   int weeks) {
  const auto records = made_up_records(theatre, z, seed, index, weeks);
  const std::size_t k = names.size();
  Simulated out{std::vector<double>(k), std::vector<double>(k * k)};
  std::vector<std::vector<double>> each;
  for (const auto& record : records) each.push_back(summarise(record));
  const auto n = static_cast<double>(each.size());
  for (const auto& s : each) {
    for (std::size_t i = 0; i < k; ++i) out.mean[i] += s[i] / n;
  }
  for (const auto& s : each) {
    for (std::size_t i = 0; i < k; ++i) {
      for (std::size_t j = 0; j < k; ++j)
        out.covariance[i * k + j] += (s[i] - out.mean[i]) * (s[j] - out.mean[j]) / (n - 1.0);
    }
  }
  return out;
}

Calibration calibrate(const Theatre& theatre, const WeeklyTable& territory,
                      const CalibrationOptions& how) {
  Calibration out;
  const WeeklyTable known = territory.until(how.until);
  out.weeks = static_cast<int>(known.weeks);
  if (out.weeks < fewest_weeks)
    throw ModelError(fmt::format("{} weeks are too few to fit anything: {} are needed", out.weeks,
                                 fewest_weeks));
  const Fitted& fitted = theatre.fitted();
  const auto seen = summarise(record_of(theatre, known, out.weeks));
  const std::string about = about_fit(theatre, known, seen, how);
  std::size_t done = 0;
  const std::size_t all = how.members * (static_cast<std::size_t>(how.rounds) + 1);
  const auto tell = [&](std::size_t members) {
    done = std::min(done + members, all);
    if (how.progress) how.progress(done, all);
  };
  Together together = how.together;
  together.threads = how.threads;
  together.told = [&](std::size_t pieces) { tell(pieces * together.size); };
  out.prior = prior_draws(fitted, how.members, how.seed);
  out.gates =
      gates_of(prior_summaries(theatre, out.prior, out.weeks, how.seed + 1, together), seen);
  if (!how.file.empty() && starts_with_line(how.file, about)) {
    out.posterior = read_draws(fitted, how.file);
    tell(all);
    return out;
  }
  const bool writes = together.rank == 0 && !how.file.empty();
  const Checkpoint checkpoint(how.file, about);
  out.posterior = out.prior;
  InversionOptions inversion{how.seed, together, how.rounds, 0, {}};
  inversion.done = checkpoint.take(how.rounds, out.posterior);
  tell(how.members * static_cast<std::size_t>(inversion.done));
  inversion.after_round = [&](int round, const std::vector<Scores>& ensemble) {
    if (writes) checkpoint.keep(round, ensemble);
  };
  invert(
      out.posterior, seen,
      [&](const Scores& z, std::uint32_t index) {
        return simulate(theatre, z, how.seed, index, out.weeks);
      },
      inversion);
  if (!how.file.empty()) {
    if (writes) {
      write_file(how.file, draws_to_csv(fitted, out.posterior, about));
      checkpoint.drop();
    }
    // What is told is what the file says, whether it was made now or before.
    for (Scores& z : out.posterior) {
      for (std::size_t i = 0; i < z.size(); ++i)
        z[i] = fitted.score(i, number_of(written(fitted.value(i, z[i]))));
    }
  }
  return out;
}

std::string draws_to_csv(const Fitted& fitted, const std::vector<Scores>& draws,
                         const std::string& about) {
  std::string out = "# " + about + "\n";
  for (std::size_t i = 0; i < fitted.size(); ++i)
    out += (i > 0 ? "," : "") + std::string(fitted.id(i));
  for (const Scores& z : draws) {
    out += '\n';
    for (std::size_t i = 0; i < fitted.size(); ++i)
      out += (i > 0 ? "," : "") + written(fitted.value(i, z[i]));
  }
  return out + "\n";
}

std::vector<Scores> read_draws(const Fitted& fitted, const std::filesystem::path& file) {
  CsvReader csv(file);
  std::vector<std::size_t> column(fitted.size());
  for (std::size_t i = 0; i < fitted.size(); ++i) {
    const auto found = csv.column(fitted.id(i));
    if (!found)
      csv.tell(csv.header_line, {}, fmt::format("no column '{}'", fitted.id(i)),
               "a file of draws has a column for every fitted parameter");
    column[i] = found.value_or(0);
  }
  csv.refuse_if_wrong();
  std::vector<Scores> out;
  while (const auto row = csv.next()) {
    Scores z(fitted.size());
    for (std::size_t i = 0; i < z.size(); ++i)
      z[i] = fitted.score(i, csv.number((*row)[column[i]]));
    out.push_back(std::move(z));
  }
  if (out.empty()) csv.tell(csv.header_line, {}, "the file has no draws", "");
  csv.refuse_if_wrong();
  return out;
}

WorldDraws read_world_draws(const std::filesystem::path& file, Date as_of) {
  CsvReader csv(file);
  WorldDraws out;
  std::vector<std::size_t> column, knob;
  const auto knobs = world::knobs();
  for (std::size_t k = 0; k < knobs.size(); ++k) {
    const auto at = csv.column(knobs[k].id);
    if (!at) continue;
    out.knobs.emplace_back(knobs[k].id);
    column.push_back(*at);
    knob.push_back(k);
  }
  if (column.empty())
    csv.tell(csv.header_line, {}, "no column is a parameter of the world",
             "'casus calibrate' writes such a file; 'casus model --knobs' lists the parameters");
  const std::string text = read_file(file);
  constexpr std::string_view token = "weeks to ";
  const std::size_t at = std::string_view(text).substr(0, text.find('\n')).find(token);
  if (text.starts_with('#') && at != std::string::npos)
    out.until = parse_date(std::string_view(text).substr(at + token.size(), 10));
  if (out.until && out.until->plus(6) > as_of)
    csv.tell(0, {},
             fmt::format("fitted to weeks up to {}, later than the case's day {}",
                         to_string(*out.until), to_string(as_of)),
             "fit it with --until, or look from a later day with --as-of");
  while (const auto row = csv.next()) {
    for (std::size_t i = 0; i < column.size(); ++i) {
      const Cell& cell = (*row)[column[i]];
      const double x = csv.number(cell);
      const auto& k = knobs[knob[i]];
      if (x < k.low || x > k.high)
        csv.tell(csv.line(), cell,
                 fmt::format("{} is outside the range of {}: {:g} to {:g}", cell.text, k.id, k.low,
                             k.high),
                 "");
      out.value.push_back(x);
    }
  }
  if (out.value.empty()) csv.tell(csv.header_line, {}, "the file has no draws", "");
  csv.refuse_if_wrong();
  return out;
}

std::vector<std::vector<std::size_t>> check_by_simulation(const Theatre& theatre,
                                                          std::size_t replicates, int weeks,
                                                          const CalibrationOptions& how) {
  const std::size_t size = theatre.fitted().size();
  const auto truths = prior_draws(theatre.fitted(), replicates, how.seed ^ 0x5851F42D4C957F2DULL);
  std::vector<std::vector<std::size_t>> ranks(size, std::vector<std::size_t>(replicates));
  parallel_for(replicates, how.threads, [&](std::size_t r) {
    const auto index = static_cast<std::uint32_t>(r);
    const auto seen =
        summarise(made_up_records(theatre, truths[r], how.seed + 17, index, weeks).front());
    auto ensemble = prior_draws(theatre.fitted(), how.members, how.seed + 100 + r);
    InversionOptions inversion{how.seed + r, {.threads = 1}, how.rounds, 0, {}};
    invert(
        ensemble, seen,
        [&](const Scores& z, std::uint32_t i) {
          return simulate(theatre, z, how.seed + 1000 + r, i, weeks);
        },
        inversion);
    for (std::size_t i = 0; i < size; ++i) {
      for (const Scores& z : ensemble) ranks[i][r] += z[i] < truths[r][i] ? 1U : 0U;
    }
  });
  return ranks;
}

}  // namespace casus::calibrate
