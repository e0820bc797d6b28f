// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "casus/casefile/loading.h"

/// Private to the module.
namespace casus::casefile {

/// Reads what options order: alone, as portfolios of others, and by signposts.
class PlansReader {
 public:
  explicit PlansReader(Loading& loading) : loading_(loading) {}

  /// `of`, `orders`, `rules` and `signposts` of the next option, in the order of the case.
  void read(Fields& fields, Option& option);
  /// Adds the orders and rules of the options that others are made of, once all are read.
  void join();

 private:
  void read_doing(Fields& fields, Doing& doing);
  [[nodiscard]] Signpost read_signpost(Spot at, const std::string& owner);
  void check_seen(Spot at, const Fields& fields, const Signpost& post);
  void join(Doing& doing, const std::vector<Spot>& parts, const Option& whole);

  Loading& loading_;
  std::vector<std::vector<Spot>> parts_;  ///< under every `of`, in the order of reading
};

}  // namespace casus::casefile
