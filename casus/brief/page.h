// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "casus/brief/brief.h"
#include "casus/brief/html.h"

/// The sections of the page; page.cc puts them in order.
namespace casus::brief {

/// Everything a section may look at.
struct Told {
  const casefile::Case& given;
  const intel::Belief& belief;
  const ensemble::Futures& futures;
  const analysis::Comparison& comparison;
  const std::vector<Story>& stories;
  const analysis::Studies* studies = nullptr;  ///< games and settlement; null where none were made
};

/// Weight of evidence of a report for the leading state of a hypothesis; nothing below 0.05 dB.
[[nodiscard]] std::optional<double> weight_for_leading(const Told& told, std::size_t hypothesis,
                                                       std::size_t report);
/// The largest such weight in size over all hypotheses, with its hypothesis.
struct Strongest {
  double decibans = 0.0;
  std::size_t hypothesis = 0;
};
[[nodiscard]] Strongest strongest_weight(const Told& told, std::size_t report);

/// Name of an option by its text id.
[[nodiscard]] std::string option_name(const Told& told, const std::string& id);
/// The hypotheses the case marks as key judgements, else those the reports speak of most; in the
/// order of the case.
[[nodiscard]] std::vector<std::size_t> key_hypotheses(const Told& told);
/// The verdict on the order of the options in a sentence or two, with what it rests on.
[[nodiscard]] std::string verdict(const Told& told);
/// An id inside a sentence of the comparison replaced by its name.
[[nodiscard]] std::string with_option_names(const Told& told, std::string sentence);

/// Lines of a terminal, broken between words. @param indent  before each.
[[nodiscard]] std::vector<std::string> wrapped(const std::string& text, const std::string& indent);

/// A kept weekly series in words, with the names of its entities.
[[nodiscard]] std::string series_title(const Told& told, std::size_t series);
/// What sets a group of futures of an option apart, strongest first: `frozen at the horizon 92 %
/// (elsewhere 3 %)`. @param marks  at most so many.
[[nodiscard]] std::string course_words(const Told& told, const analysis::Course& course,
                                       std::size_t marks);
/// The groups that the futures of an option fall into: a sentence, a picture and a table.
[[nodiscard]] std::vector<Node> courses_of(const Told& told, std::size_t option);

[[nodiscard]] Node judgements_section(const Told& told);
[[nodiscard]] bool has_analysts(const Told& told);  ///< whether any stated a probability
[[nodiscard]] Node analysts_section(const Told& told);
[[nodiscard]] Node map_section(const Told& told);
[[nodiscard]] Node timeline_section(const Told& told);
[[nodiscard]] Node facts_section(const Told& told);
[[nodiscard]] Node evidence_section(const Told& told);
[[nodiscard]] Node path_section(const Told& told);
[[nodiscard]] Node options_section(const Told& told);
[[nodiscard]] Node robustness_section(const Told& told);
[[nodiscard]] Node futures_section(const Told& told);
[[nodiscard]] Node stories_section(const Told& told);
[[nodiscard]] Node games_section(const Told& told);       ///< needs games among the studies
[[nodiscard]] Node settlement_section(const Told& told);  ///< needs a settlement among them
[[nodiscard]] Node forecasts_section(const Told& told);
[[nodiscard]] Node change_section(const Told& told);
[[nodiscard]] Node sources_section(const Told& told);
[[nodiscard]] Node method_section(const Told& told);
[[nodiscard]] Node parameters_section(const Told& told);
/// Events whose chance turns the order of two options.
[[nodiscard]] Node threshold_table(const Told& told);
/// The options under rival theories; needs some among the studies.
[[nodiscard]] Node theory_table(const Told& told);
[[nodiscard]] Node figures_section(const Told& told);
/// Of designed runs, games and settlements, all figures by title.
[[nodiscard]] std::vector<std::pair<std::string, Node>> study_figures(const Told& told);
[[nodiscard]] Node appendix_section(const Told& told);

/// The style sheet (style.cc).
[[nodiscard]] std::string style_sheet(const std::string& handling);

}  // namespace casus::brief
