// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/special.h"

#include "casus/base/numeric.h"

namespace casus::calibrate {

double log_gamma(double x) {
  double product = 1.0;
  while (x < 10.0) {
    product *= x;
    x += 1.0;
  }
  const double y = 1.0 / (x * x);
  const double series =
      (1.0 / 12.0 - y * (1.0 / 360.0 - y * (1.0 / 1260.0 - y * (1.0 / 1680.0 - y / 1188.0)))) / x;
  constexpr double half_log_two_pi = 0.918938533204672741780329736406;
  return (x - 0.5) * casus::log(x) - x + half_log_two_pi + series - casus::log(product);
}

}  // namespace casus::calibrate
