// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "casus/world/event.h"
#include "casus/world/model.h"
#include "casus/world/variables.h"

/// What brings each kind of event about: where its law looks (docs/models/explaining.md).
///
/// The laws only say that something happens; what they looked at when it did is declared here, once
/// a kind, and read from the state and the log at that moment. Nothing of it runs unless a log asks
/// for causes.
namespace casus::world {

/// Between whom an earlier event must have happened, seen from the event it is a cause of. The
/// contingent of an event counts as its owner, a sector as the lead of the side that `object` is.
enum class Who : std::uint8_t {
  none,
  forth,       ///< by the subject, to the object
  back,        ///< by the object, to the subject
  either,      ///< one of the two
  by_subject,  ///< by the subject, to whomever
  by_object,   ///< by the object, to whomever
  to_subject,  ///< by whomever, to the subject
  to_object,   ///< by whomever, to the object
  same,        ///< of the same contingent or sector
  across,      ///< at the same sector, by the other side
  war_leads,   ///< by whomever, where the event is between the leads of the war
  sponsor,     ///< of one of the two leads with a great power outside the war
  anyone
};

/// An earlier event. `kind` may be "act:threaten", an act of one action, or "act", the harshest act
/// of any.
struct Earlier {
  std::string_view kind;
  Who who = Who::none;
  int weeks = 0;  ///< how far back; 0 = the same week
};

/// Which entity of a variable an event means.
enum class At : std::uint8_t {
  one,
  subject,
  object,
  forth,       ///< pair subject -> object
  back,        ///< pair object -> subject
  contingent,  ///< the subject, or the object where that is one
  sector,      ///< the subject
  here,        ///< sector * 2 + side that the object counts
  across,      ///< sector * 2 + the other side
  stock,       ///< the object's kind of the subject's stock
  side,        ///< of the subject
  rate         ///< a knob: the chance a year of what nobody orders
};

/// A quantity that the law of an event looks at. `text` is said of it: {subject}, {object},
/// {value}.
struct Quantity {
  Var var = Var::knob;
  At at = At::one;
  Form form = Form::plain;
  std::string_view text;
  std::string_view knob = {};  ///< of `At::rate`
  bool leads = false;          ///< looked at only between the leads of the war
};

struct CauseRule {
  std::string_view kind;
  Earlier earlier[8] = {};
  Quantity quantities[6] = {};
};

/// One rule for every kind of event there is a template of.
[[nodiscard]] std::span<const CauseRule> cause_rules();
/// @returns null where there is none.
[[nodiscard]] const CauseRule* cause_rule(std::string_view kind);

/// Fills `event.because` and `event.reasons` from the log and the state as they are now.
void find_causes(Event& event, const EventLog& log, const State& state, const Model& model);

/// The latest (of "act": the harshest) event of `log` that fits, no later than `event`.
[[nodiscard]] std::optional<std::uint32_t> find_earlier(const Earlier& earlier, const Event& event,
                                                        const EventLog& log, const Model& model);

}  // namespace casus::world
