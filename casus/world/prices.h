// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "casus/world/law.h"

namespace casus::world {

/// What some acts cost the one who does them, besides money (catalogue rows 3, 7, 10, 16, 17).
///
/// Sources lost by what is disclosed; a quiet channel that leaks; offers and eased sanctions that
/// displease at home, the more the opener the state; growth forgone by sanctions on others.
/// @reads active, started, openness. @writes support, growth, tasking.
/// @draws "leak" by week and entry.
class Prices {
 public:
  explicit Prices(const Model& model);
  void step(State& state, const Now& now) const;

 private:
  struct Priced {
    std::uint32_t entry = 0;
    std::size_t actor = 0, target = 0;
    std::uint32_t key = 0;
  };
  std::vector<Priced> disclosures_, channels_, offers_, sanctions_, eased_;
  KnobRef sources_{"operations.source_loss"}, leak_{"operations.channel_leak"},
      embarrassed_{"operations.leak_price"}, offered_{"operations.offer_price"},
      forgone_{"operations.sanction_price"}, appeased_{"operations.ease_price"};
};

}  // namespace casus::world
