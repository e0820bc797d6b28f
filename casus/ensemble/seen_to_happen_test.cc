// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "casus/base/parallel.h"
#include "casus/casefile/load.h"
#include "casus/ensemble/run.h"
#include "casus/intel/belief.h"

/// Everything the texts the engine was asked for speak of is looked for in the futures of the case
/// of 2024. It prints how often.
namespace casus::ensemble::seen_to_happen {
namespace {

/// A phrase of the order and the kinds of events that show it; `act:` names an act of that action.
struct Phrase {
  std::string_view text;
  std::vector<std::string_view> shown_by;
};

const std::vector<Phrase>& phrases() {
  static const std::vector<Phrase> all = {
      {"brigades shipped and railed with real distances", {"embarks", "contingent_arrived"}},
      {"train and ship capacity, queues", {"queue"}},
      {"sabotage of lines", {"sabotage"}},
      {"sabotage that fails", {"sabotage_fails"}},
      {"acclimatisation", {"acclimatised"}},
      {"assault role", {"in_combat"}},
      {"losses of a contingent", {"contingent_losses"}},
      {"learning", {"contingent_learned"}},
      {"technicians at work", {"technicians_at_work"}},
      {"technicians who make drones and guns better", {"kit_mastered"}},
      {"shells through pipelines", {"delivery:shells"}},
      {"missiles through pipelines", {"delivery:missiles"}},
      {"air defence through pipelines", {"delivery:interceptors"}},
      {"tanks through pipelines", {"delivery:tanks"}},
      {"duds", {"duds"}},
      {"stocks running down", {"stock_low"}},
      {"drones and artillery", {"drone_fires"}},
      {"fortification", {"dug_in"}},
      {"works lost to an advance", {"works_lost"}},
      {"weather", {"mud"}},
      {"main effort moving between sectors", {"main_effort"}},
      {"slow intensity that rises", {"intensity_up"}},
      {"slow intensity that falls", {"intensity_down"}},
      {"recruitment", {"recruits"}},
      {"mobilisation", {"called_up"}},
      {"desertion", {"desertions"}},
      {"returned wounded", {"wounded_return"}},
      {"sanctions", {"act:sanction"}},
      {"evasion", {"evasion_grows"}},
      {"fiscal room", {"room_shrinks"}},
      {"money gone", {"money_gone"}},
      {"food pressure", {"pressure_grows"}},
      {"fuel pressure", {"fuel_short"}},
      {"arms and men for pay: a deal", {"deal_struck"}},
      {"cash", {"deal_paid"}},
      {"technology", {"technology_given"}},
      {"labour", {"workers_arrived"}},
      {"pay in food and oil", {"provisions"}},
      {"default on promises", {"deal_default"}},
      {"public support that falls", {"support_falls"}},
      {"public support that rises", {"support_rises"}},
      {"rally", {"public_rallies"}},
      {"censorship", {"censored"}},
      {"elites that split", {"elite_splits"}},
      {"elites that close ranks", {"elite_closes"}},
      {"troop morale moved by believed news that is so", {"news_believed"}},
      {"troop morale moved by believed news that is not so", {"rumour_believed"}},
      {"treaties honoured", {"treaty_honoured"}},
      {"treaties not honoured", {"treaty_not_honoured"}},
      {"third parties giving money", {"aid_flows"}},
      {"third parties giving arms", {"act:send_arms"}},
      {"third parties matching", {"answer"}},
      {"third parties entering", {"enters_war"}},
      {"an election that turns aid off", {"aid_cut_by_turnover"}},
      {"legislatures that vote aid", {"vote_passed"}},
      {"legislatures that do not", {"vote_failed"}},
      {"acts a legislature allows", {"act_authorised"}},
      {"acts it refuses", {"act_refused"}},
      {"joint exercises", {"act:joint_exercise"}},
      {"drills that make troops readier", {"readier"}},
      {"missile tests", {"act:missile_test"}},
      {"tension that grows", {"relations_sink"}},
      {"tension that eases", {"relations_mend"}},
      {"action and reaction", {"answer"}},
      {"threats made in private", {"threat_private"}},
      {"signals that are acted on", {"threat_kept"}},
      {"signals that are not", {"threat_empty"}},
      {"slips up", {"slip_up"}},
      {"slips down", {"slip_down"}},
      {"covert collection", {"collected"}},
      {"capture risk", {"collectors_caught"}},
      {"hours of collection run out", {"tasking_spent"}},
      {"cyber", {"networks_hit"}},
      {"limited strike", {"struck"}},
      {"reply to a strike", {"reply"}},
      {"rally after a strike", {"rally"}},
      {"denial reported", {"denied"}},
      {"disclosure reported", {"disclosed"}},
      {"staged evidence reported", {"false_sighting"}},
      {"staging exposed", {"display_exposed"}},
      {"concealment: no report", {"hidden"}},
      {"psychological operations", {"act:psy_op"}},
      {"back channel", {"act:back_channel"}},
      {"a channel or talks that open", {"talks_up"}},
      {"persuading a contingent's officer", {"officer_won"}},
      {"with doubt: a plant", {"officer_planted"}},
      {"the risk of provoking", {"officer_approach_exposed"}},
      {"talks that take weeks", {"talks_go_on"}},
      {"mediation", {"mediated"}},
      {"summit with observers", {"summit_observed"}},
      {"packages tabled", {"package_tabled"}},
      {"ceasefire", {"ceasefire"}},
      {"commitment problem", {"fear_blocks"}},
      {"chips lost", {"chip_lost"}},
      {"chips traded", {"chip_traded"}},
      {"packages at work: the line stays", {"line_stays"}},
      {"packages at work: land handed over", {"land_left"}},
      {"packages at work: force limits", {"demobilises"}},
      {"packages at work: heavy arms scrapped", {"arms_scrapped"}},
      {"packages at work: prisoners", {"prisoners_return"}},
      {"packages at work: foreign troops leave", {"foreigners_leave"}},
      {"packages at work: a buffer", {"buffer_set"}},
      {"packages at work: sanctions eased", {"sanctions_eased"}},
      {"packages broken", {"package_broken"}},
      {"veto players", {"vetoed"}},
      {"end: settlement", {"package_signed"}},
      {"end: frozen", {"frozen"}},
      {"end: protracted", {"protracted"}},
      {"end: collapse", {"collapse"}},
      {"recurrence after a ceasefire", {"recurrence"}},
      {"nuclear option as a gated band", {"nuclear_gate"}},
      {"nuclear signal", {"act:nuclear_signal"}},
      {"nuclear alert", {"nuclear_alert"}},
      {"hidden nuclear programmes of the unshielded", {"programme_begun"}},
  };
  return all;
}

std::string_view action_in(std::string_view kind) {
  return kind.starts_with("act:") ? kind.substr(4) : std::string_view{};
}

/// Futures that show a kind, by option.
class Tally {
 public:
  explicit Tally(std::size_t options) : options_(options) {}
  void count(const std::vector<world::Event>& events, std::size_t option) {
    std::set<std::pair<std::string, std::uint32_t>> seen;
    for (const world::Event& e : events) {
      std::string kind(e.kind);
      if (kind == "act") kind += ":" + std::string(e.cause);
      if (kind == "delivery") {
        kind += ":" + std::string(name_of(static_cast<casefile::StockKind>(e.object)));
      }
      seen.emplace(std::move(kind), e.lane);
    }
    for (const Phrase& p : phrases()) {
      std::set<std::uint32_t> lanes;
      for (const auto& [kind, lane] : seen) {
        if (std::ranges::count(p.shown_by, std::string_view(kind)) > 0) lanes.insert(lane);
      }
      auto& futures = futures_[p.text];
      futures.resize(options_);
      futures[option] += lanes.size();
    }
  }
  [[nodiscard]] std::size_t futures(std::string_view phrase, std::size_t option) const {
    return futures_.at(phrase)[option];
  }

 private:
  std::size_t options_;
  std::map<std::string_view, std::vector<std::size_t>> futures_;
};

const casefile::Case& given_2024() {
  static const casefile::Case given = casefile::load(CASUS_SOURCE_DIR "/cases/dprk-2024");
  return given;
}

Tally played(std::size_t blocks) {
  const casefile::Case& given = given_2024();
  const intel::Belief belief =
      intel::assess(given, {.path = false, .leave_one_out = false, .collection = false});
  const Stage stage(given, belief, {.seed = 1, .weeks = given.horizon_weeks});
  Tally tally(given.options.size());
  std::mutex counting;
  parallel_for(blocks, 0, [&](std::size_t block) {
    const world::State start = stage.start(block);
    for (std::uint32_t o = 0; o < given.options.size(); ++o) {
      world::EventLog log;
      ensemble::Run run;
      run_pack(stage, start, casefile::OptionId{o}, block, {run}, &log);
      const std::scoped_lock lock(counting);
      tally.count(log.events(), o);
    }
  });
  return tally;
}

TEST(SeenToHappen, EveryPhraseNamesEventsThatHaveASentence) {
  for (const Phrase& p : phrases()) {
    for (const std::string_view kind : p.shown_by) {
      const std::string_view action = action_in(kind);
      if (!action.empty()) {
        EXPECT_TRUE(casefile::parse<casefile::Action>(action).has_value()) << kind;
      } else {
        EXPECT_FALSE(world::event_template(kind.substr(0, kind.find(':'))).empty()) << kind;
      }
    }
  }
}

TEST(SlowSeenToHappen, EverythingAskedForHappensInSomeFuture) {
  const char* asked = std::getenv("CASUS_FUTURES");
  const std::size_t futures = asked == nullptr ? 1024 : std::strtoul(asked, nullptr, 10);
  const std::size_t blocks = (futures + lanes::width - 1) / lanes::width;
  const Tally tally = played(blocks);
  const std::size_t options = given_2024().options.size();
  const double each = static_cast<double>(blocks * lanes::width);
  std::string table = "| what | shown by | share of futures | most under |\n|---|---|---|---|\n";
  for (const Phrase& p : phrases()) {
    std::size_t all = 0;
    std::size_t most = 0;
    for (std::size_t o = 0; o < options; ++o) {
      all += tally.futures(p.text, o);
      if (tally.futures(p.text, o) > tally.futures(p.text, most)) most = o;
    }
    std::string kinds;
    for (const auto kind : p.shown_by) {
      kinds += (kinds.empty() ? "`" : ", `") + std::string(kind) + "`";
    }
    table += fmt::format("| {} | {} | {:.2g} | {} {:.2g} |\n", p.text, kinds,
                         static_cast<double>(all) / each / static_cast<double>(options),
                         given_2024().options[most].id,
                         static_cast<double>(tally.futures(p.text, most)) / each);
    EXPECT_GT(all, 0U) << p.text << " never happens";
  }
  fmt::print("<!-- part seen-to-happen.table -->\n{}<!-- end -->\n", table);
}

}  // namespace
}  // namespace casus::ensemble::seen_to_happen
