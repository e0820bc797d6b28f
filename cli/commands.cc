// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"

#include <fmt/format.h>
#include <fmt/os.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <sstream>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/brief/brief.h"
#include "casus/casefile/base_rates.h"
#include "casus/casefile/games.h"
#include "casus/casefile/handling.h"
#include "casus/casefile/outcome.h"
#include "casus/casefile/template.h"
#include "casus/ensemble/trace.h"
#include "casus/intel/words.h"
#include "casus/world/knob.h"
#include "casus/world/knob_dates.h"
#include "casus/world/odd.h"
#include "cli/analysts.h"
#include "cli/design.h"
#include "cli/play.h"
#include "cli/stages.h"
#include "cli/terminal.h"
#include "cli/trace.h"

namespace casus::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

void say(const Options& options, const std::string& text) {
  if (!options.json && !options.quiet) fmt::print("{}\n", text);
}

std::string stage_line(const char* stage, bool reused, const fs::path& path) {
  return fmt::format("{:<8}{} {}", stage, reused ? "unchanged:" : "written:  ", path.string());
}

void leave_if_stopped() {
  if (stop_requested()) throw Interrupted{};
}

Json count_json(const casefile::Case& c) {
  return {{"case", c.id},
          {"as_of", to_string(c.as_of)},
          {"problems", Json::array()},
          {"actors", c.actors.size()},
          {"places", c.places.size()},
          {"routes", c.routes.size()},
          {"sectors", c.sectors.size()},
          {"contingents", c.contingents.size()},
          {"sources", c.sources.size()},
          {"reports", c.reports.size()},
          {"hypotheses", c.hypotheses.size()},
          {"options", c.options.size()},
          {"questions", c.questions.size()},
          {"knobs_known_later", world::knobs_known_later(c)},
          {"handling", casefile::handling_of_all(c)},
          {"reports_stricter_than_case", casefile::stricter_than_case(c)}};
}

// `case.yaml:12:1`, where a key of it stands.
std::string place_of(const fs::path& given, std::string_view key) {
  const fs::path file = fs::is_directory(given) ? given / "case.yaml" : given;
  std::istringstream lines(read_file(file));
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.starts_with(key)) return fmt::format("{}:{}:1", file.string(), number);
  }
  return file.string();
}

template <class Text>
std::string first_of(const std::vector<Text>& ids) {
  constexpr std::size_t most_named = 8;
  std::string out;
  for (std::size_t i = 0; i < std::min(ids.size(), most_named); ++i) {
    out += fmt::format("{}{}", out.empty() ? "" : ", ", ids[i]);
  }
  return ids.size() > most_named ? out + ", ... (casus check --json names all)" : out;
}

// Warns where the engine's priors rest on what the case could not know.
void warn_of_later_knobs(const Options& options, const casefile::Case& c) {
  const auto later = world::knobs_known_later(c);
  if (later.empty() || options.quiet) return;
  print_error(
      fmt::format("{}: warning: {} of {} priors of the engine rest on what was public only "
                  "after the as_of {}: {}; set those that matter in parameters.yaml",
                  place_of(options.given, "as_of:"), later.size(), world::knobs().size(),
                  to_string(c.as_of), first_of(later)));
}

// Warns where what is made of the case is to be handled more strictly than it says.
void warn_of_stricter_reports(const Options& options, const casefile::Case& c) {
  const auto stricter = casefile::stricter_than_case(c);
  if (stricter.empty() || options.quiet) return;
  print_error(
      fmt::format("{}: warning: {} of {} reports are marked more strictly than the case ({}), "
                  "so whatever is made of it carries {}: {}",
                  place_of(options.given, "handling:"), stricter.size(), c.reports.size(),
                  c.handling, casefile::handling_of_all(c), first_of(stricter)));
}

// `comparison.json` with the games and the settlement in it.
std::string add_studies(const Stages& stages, const analysis::Comparison& comparison,
                        const Staged<analysis::Studies>& studies) {
  std::string json =
      analysis::with_studies(analysis::to_json(comparison, stages.given()), studies.value);
  write_file(stages.file("comparison.json"), json);
  return json;
}

}  // namespace

int run_new(const Options& options) {
  casefile::write_template(options.given);
  say(options,
      fmt::format("A small case stands in {0}. Next: casus check {0}", options.given.string()));
  return ok;
}

int run_check(const Options& options) {
  const Stages stages(options);
  const auto& c = stages.given();
  if (casefile::has_outcome(options.given)) (void)casefile::load_outcome(options.given, c);
  (void)casefile::load_analysts(options.given, c);
  (void)casefile::load_base_rates(options.given, c);
  (void)casefile::load_games(options.given);
  (void)casefile::load_weightings(options.given, c);
  warn_of_later_knobs(options, c);
  warn_of_stricter_reports(options, c);
  if (options.json) {
    fmt::print("{}\n", count_json(c).dump(2));
  } else {
    say(options,
        fmt::format("{}: no problems. {} actors, {} places, {} routes, {} contingents, {} sources, "
                    "{} reports, {} hypotheses, {} options, {} questions.",
                    options.given.string(), c.actors.size(), c.places.size(), c.routes.size(),
                    c.contingents.size(), c.sources.size(), c.reports.size(), c.hypotheses.size(),
                    c.options.size(), c.questions.size()));
  }
  return ok;
}

int run_assess(const Options& options) {
  Stages stages(options);
  const auto belief = stages.assess(false);
  for (const auto& doubt : intel::tracking_doubts(stages.given(), belief.value)) {
    if (!options.quiet) print_error("casus: " + doubt);
  }
  if (options.json) {
    fmt::print("{}", intel::to_json(belief.value, stages.given()));
    return ok;
  }
  const auto& given = stages.given();
  for (std::size_t h = 0; h < given.hypotheses.size(); ++h) {
    const auto& b = belief.value.hypotheses[h];
    const auto& state = b.states[b.leading];
    say(options, fmt::format("{:<28} {:<18} {:>6.1f} %  ({:.0f}-{:.0f} %)  {}",
                             given.hypotheses[h].id, given.hypotheses[h].states[b.leading].id,
                             100.0 * state.p, 100.0 * state.low, 100.0 * state.high, b.word));
  }
  for (const auto& d : belief.value.deception) {
    say(options, fmt::format("deception by {}: none {:.0f} %, conceal {:.0f} %, display {:.0f} %, "
                             "both {:.0f} %",
                             given.actors[d.actor].id, 100.0 * d.plan[0], 100.0 * d.plan[1],
                             100.0 * d.plan[2], 100.0 * d.plan[3]));
  }
  if (const auto text = analysts_text(given, belief.value); !text.empty()) say(options, text);
  say(options, stage_line("belief", false, stages.file("belief.json")));
  return ok;
}

int run_play(const Options& options) {
  Stages stages(options);
  const auto belief = stages.assess(true);
  leave_if_stopped();
  if (!options.play.design.empty()) return run_design(options, stages, belief.value);
  if (options.trace) return print_trace(options, stages, belief.value);
  return play_and_say(options, stages, belief.value);
}

int run_weigh(const Options& options) {
  Stages stages(options);
  const auto belief = stages.assess(true);
  leave_if_stopped();
  const auto futures = stages.play(belief.value, true);
  leave_if_stopped();
  const auto comparison = stages.weigh(belief.value, futures.value, false);
  const auto studies = stages.studies(belief.value, true);
  const std::string json = add_studies(stages, comparison.value, studies);
  if (options.json) {
    fmt::print("{}", json);
    return ok;
  }
  say(options, brief::summary(stages.given(), belief.value, futures.value, comparison.value));
  say(options, brief::turning_points(stages.given(), belief.value, futures.value, comparison.value,
                                     studies.value));
  if (!options.quiet) print_designs(studies.value.designs);
  say(options, stage_line("options", false, stages.file("comparison.json")));
  return ok;
}

int run_brief(const Options& options) {
  Stages stages(options);
  const bool reuse = !options.fresh;
  const auto belief = stages.assess(reuse);
  say(options, stage_line("belief", belief.reused, stages.file("belief.json")));
  leave_if_stopped();
  const auto futures = stages.play(belief.value, reuse);
  say(options, stage_line("futures", futures.reused, stages.file("futures.nc")));
  leave_if_stopped();
  const auto comparison =
      stages.weigh(belief.value, futures.value, reuse && belief.reused && futures.reused);
  say(options, stage_line("options", comparison.reused, stages.file("comparison.json")));
  leave_if_stopped();
  const auto studies = stages.studies(belief.value, reuse);
  const std::string json = add_studies(stages, comparison.value, studies);
  say(options, stage_line("studies", studies.reused, stages.file("studies.json")));

  std::vector<brief::Story> stories;
  const auto& base = comparison.value.options.front();
  for (const auto& [title, future] : {std::pair{"most likely", base.most_likely},
                                      std::pair{"most dangerous", base.most_dangerous}}) {
    stories.push_back(
        {title, base.id, future,
         ensemble::trace(stages.given(), belief.value, stages.play_options(), base.id, future)});
  }
  const fs::path page =
      options.out && options.out->extension() == ".html" ? *options.out : stages.file("brief.html");
  write_file(page, brief::compose(stages.given(), belief.value, futures.value, comparison.value,
                                  stories, &studies.value));
  if (options.json) {
    fmt::print("{}", json);
    return ok;
  }
  say(options, "");
  say(options, brief::summary(stages.given(), belief.value, futures.value, comparison.value));
  say(options, fmt::format("\nThe brief: {}", page.string()));
  return ok;
}

int run_model(const Options& options) {
  if (options.odd) {
    fmt::print("{}", world::odd());
    return ok;
  }
  if (options.knobs) {
    for (const auto& k : world::knobs()) {
      fmt::print("{:<28} {:<20} {:<16} {:<14} [{}] {} ({}{})\n", k.id, k.prior,
                 fmt::format("{:g} ... {:g}", k.low, k.high), k.unit, casefile::name_of(k.tag),
                 k.meaning, k.source,
                 k.known.empty() ? std::string() : fmt::format("; known {}", k.known));
    }
    return ok;
  }
  for (const auto& v : casefile::variables()) {
    std::string entities;
    for (const auto& d : v.dimensions) {
      if (d) entities += (entities.empty() ? "" : ", ") + std::string(casefile::name_of(*d));
    }
    fmt::print("{:<40} {:<12} {}\n",
               entities.empty() ? std::string(v.name) : fmt::format("{}[{}]", v.name, entities),
               v.unit, v.meaning);
  }
  return ok;
}

}  // namespace casus::cli
