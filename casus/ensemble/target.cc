// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/target.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

#include "casus/base/error.h"
#include "casus/ensemble/engine.h"

// One for each target, made by engine.cc; the wider ones where CMake's CASUS_TARGETS names them.
extern "C" {
casus::ensemble::Engine* casus_engine_sse2(const casus::casefile::Case&,
                                           const casus::intel::Belief&,
                                           const casus::ensemble::Staging&);
#if defined(CASUS_HAS_AVX2)
casus::ensemble::Engine* casus_engine_avx2(const casus::casefile::Case&,
                                           const casus::intel::Belief&,
                                           const casus::ensemble::Staging&);
#endif
#if defined(CASUS_HAS_AVX512)
casus::ensemble::Engine* casus_engine_avx512(const casus::casefile::Case&,
                                             const casus::intel::Belief&,
                                             const casus::ensemble::Staging&);
#endif
}

namespace casus::ensemble {
namespace {

constexpr std::array<std::string_view, 3> names = {"sse2", "avx2", "avx512"};

using Entry = Engine* (*)(const casefile::Case&, const intel::Belief&, const Staging&);

/// The way into a target's engine; null where it is not built in or the machine lacks it.
Entry entry_of(Target target) {
  switch (target) {
    case Target::sse2:
      return &casus_engine_sse2;
    case Target::avx2:
#if defined(CASUS_HAS_AVX2)
      if (__builtin_cpu_supports("avx2")) return &casus_engine_avx2;
#endif
      break;
    case Target::avx512:
#if defined(CASUS_HAS_AVX512)
      if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
          __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
        return &casus_engine_avx512;
      }
#endif
      break;
  }
  return nullptr;
}

[[noreturn]] void refuse(std::string_view wanted) {
  std::string have;
  for (const Target t : targets_here())
    have += (have.empty() ? "" : ", ") + std::string(name_of(t));
  throw ModelError("no lane target '" + std::string(wanted) + "' here; there is: " + have);
}

}  // namespace

std::string_view name_of(Target target) { return names[static_cast<std::size_t>(target)]; }

std::vector<Target> targets_here() {
  std::vector<Target> out;
  for (const Target t : {Target::sse2, Target::avx2, Target::avx512}) {
    if (entry_of(t) != nullptr) out.push_back(t);
  }
  return out;
}

Target target_in_use() {
  const std::vector<Target> here = targets_here();
  const char* wanted = std::getenv("CASUS_TARGET");
  if (wanted == nullptr || *wanted == '\0') return here.back();
  const auto found = std::ranges::find(here, std::string_view(wanted),
                                       [](Target target) { return name_of(target); });
  if (found == here.end()) refuse(wanted);
  return *found;
}

std::unique_ptr<const Engine> make_engine(std::optional<Target> target, const casefile::Case& given,
                                          const intel::Belief& belief, const Staging& how) {
  const Target chosen = target ? *target : target_in_use();
  const Entry entry = entry_of(chosen);
  if (entry == nullptr) refuse(name_of(chosen));
  return std::unique_ptr<const Engine>(entry(given, belief, how));
}

}  // namespace casus::ensemble
