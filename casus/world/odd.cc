// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/odd.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "casus/base/error.h"
#include "casus/world/act.h"
#include "casus/world/knob.h"
#include "casus/world/odd_text.h"
#include "casus/world/week.h"

namespace casus::world {
namespace {

constexpr std::array<std::string_view, 16> extents{"the whole future",
                                                   "side of the war",
                                                   "sector",
                                                   "sector and side",
                                                   "contingent",
                                                   "contingent and node of its path",
                                                   "actor",
                                                   "actor and feature",
                                                   "actor and type",
                                                   "actor and stock",
                                                   "ordered pair of actors",
                                                   "ordered pair of actors and type",
                                                   "observer and contingent",
                                                   "route",
                                                   "entry of the menu of acts",
                                                   "knob"};
constexpr std::array<std::string_view, 4> layers{"truth", "open", "own", "belief"};
static_assert(static_cast<std::size_t>(Extent::knob) + 1 == extents.size());
static_assert(static_cast<std::size_t>(Layer::belief) + 1 == layers.size());

std::string names_of(std::span<const Var> vars) {
  std::string out;
  for (const Var v : vars) out += fmt::format("{}`{}`", out.empty() ? "" : ", ", info(v).name);
  return out.empty() ? "none" : out;
}

/// The words of a list separated by spaces, as code.
std::string listed(std::string_view words, std::string_view after = "") {
  std::string out;
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    out += fmt::format("{}`{}{}`", out.empty() ? "" : ", ", words.substr(0, end), after);
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return out.empty() ? "none" : out;
}

std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out;
}

const Submodel& submodel_of(std::string_view process) {
  const auto all = submodels();
  const auto found = std::ranges::find(all, process, &Submodel::process);
  if (found == all.end())
    throw InternalError("no description of the process " + std::string(process));
  return *found;
}

std::string variables() {
  std::string out =
      "| variable | of | unit | range | who may know it | meaning |\n|---|---|---|---|---|---|\n";
  for (const VariableInfo& v : variable_table()) {
    out += fmt::format("| `{}` | {} | {} | {:g} to {:g} | {} | {} |\n", v.name,
                       extents[static_cast<std::size_t>(v.extent)], cell(v.unit), v.low, v.high,
                       layers[static_cast<std::size_t>(v.layer)], cell(v.meaning));
  }
  return out;
}

std::string schedule(std::span<const std::unique_ptr<Process>> week) {
  std::string out;
  std::size_t n = 0;
  for (const auto& process : week) {
    const Submodel& s = submodel_of(process->name());
    out += fmt::format("{}. `{}`: {}\n", ++n, s.process, s.text);
  }
  return out;
}

std::string knob_table(std::string_view block) {
  std::string out;
  for (const Knob& k : knobs()) {
    if (k.id.substr(0, k.id.find('.')) != block) continue;
    out += fmt::format("| `{}` | {} | {:g} to {:g} | {} | {} | {} | {}{} |\n", k.id, cell(k.prior),
                       k.low, k.high, cell(k.unit), cell(k.meaning), casefile::name_of(k.tag),
                       cell(k.source),
                       k.known.empty() ? std::string() : fmt::format(" ({})", k.known));
  }
  return out;
}

std::string described(const Submodel& s, const Process* process,
                      std::vector<std::string_view>& told) {
  std::string out = fmt::format(
      "### {}\n\n{} Equations, sources and limits: [docs/models/{}.md]"
      "(docs/models/{}.md).\n\n",
      s.process, s.text, s.page, s.page);
  if (process != nullptr) {
    out += fmt::format("Reads {}.\n\nWrites {}.\n\n", names_of(process->reads()),
                       names_of(process->writes()));
  }
  out += fmt::format("Draws {}.\n\n", listed(s.draws));
  std::string rows;
  for (std::string_view rest = s.knobs; !rest.empty();) {
    const auto end = std::min(rest.find(' '), rest.size());
    const auto block = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (std::ranges::find(told, block) != told.end()) {
      out += fmt::format("Its knobs `{}.*` stand above.\n\n", block);
      continue;
    }
    told.push_back(block);
    rows += knob_table(block);
  }
  if (!rows.empty()) {
    out +=
        "| knob | prior | cut to | unit | meaning | tag | source (known since) |\n"
        "|---|---|---|---|---|---|---|\n" +
        rows + "\n";
  }
  return out;
}

std::string catalogue_table() {
  std::string out =
      "| act | Goldstein weight | to an ally | rung | lag, weeks | duration | rest |\n"
      "|---|---|---|---|---|---|---|\n";
  for (const ActionInfo& a : catalogue()) {
    out += fmt::format(
        "| `{}` | {:g} | {} | {:g} | {} | {} | {} |\n", casefile::name_of(a.action), a.goldstein,
        a.goldstein_ally == 0.0F ? "" : fmt::format("{:g}", a.goldstein_ally), a.rung, a.lag,
        a.duration == 0 ? "until ended" : std::to_string(a.duration), a.cooldown);
  }
  return out;
}

}  // namespace

std::string odd() {
  const casefile::Case none;  // the declarations hang on no case
  const Model model(none);
  const auto week = week_of_processes(model);
  std::string out =
      fmt::format(odd_text::opening, fmt::arg("variables", variable_table().size()),
                  fmt::arg("knobs", knobs().size()), fmt::arg("processes", week.size()),
                  fmt::arg("acts", catalogue().size()));
  out += std::string(odd_text::entities) + variables() + std::string(odd_text::scheduling) +
         schedule(week) + std::string(odd_text::after_schedule) + catalogue_table() +
         std::string(odd_text::concepts) + std::string(odd_text::initialization) +
         std::string(odd_text::input) + std::string(odd_text::submodels);
  std::vector<std::string_view> told;
  for (const auto& process : week) {
    out += described(submodel_of(process->name()), process.get(), told);
  }
  for (const Submodel& s : submodels()) {
    const bool in_week =
        std::ranges::any_of(week, [&](const auto& p) { return p->name() == s.process; });
    if (!in_week) out += described(s, nullptr, told);
  }
  return out;
}

}  // namespace casus::world
