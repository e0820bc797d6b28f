// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/infer_read.h"

#include "casus/casefile/file_text.h"
#include "casus/intel/bif.h"
#include "casus/intel/infer_text.h"
#include "casus/intel/uai.h"
#include "casus/intel/xdsl.h"
#include "casus/intel/xmlbif.h"

namespace casus::intel {
namespace {

enum class Form : std::uint8_t { bif, xmlbif, xdsl, uai };

Form form_of(std::string_view text, const std::string& file) {
  const std::string_view start = trimmed(text.substr(0, 4096));
  if (start.substr(0, 5) == "BAYES" || start.substr(0, 6) == "MARKOV") return Form::uai;
  const std::string suffix = std::filesystem::path(file).extension().string();
  if (!start.empty() && start.front() == '<') {
    const bool smile = start.find("<smile") != std::string_view::npos;
    return smile || suffix == ".xdsl" ? Form::xdsl : Form::xmlbif;
  }
  if (suffix == ".uai") return Form::uai;
  if (suffix == ".xdsl") return Form::xdsl;
  if (suffix == ".xml" || suffix == ".xmlbif" || suffix == ".bifxml") return Form::xmlbif;
  return Form::bif;
}

}  // namespace

GraphicalModel read_model(const std::string& text, const std::string& file) {
  const bool marked = text.compare(0, 3, "\xEF\xBB\xBF") == 0;
  switch (form_of(std::string_view(text).substr(marked ? 3 : 0), file)) {
    case Form::bif:
      return {read_bif(text, file), {}};
    case Form::xmlbif:
      return {read_xmlbif(text, file), {}};
    case Form::xdsl:
      return {read_xdsl(text, file), {}};
    case Form::uai:
      return read_uai(text, file);
  }
  return {};
}

GraphicalModel read_model(const std::filesystem::path& path) {
  casefile::Problems problems;
  std::string text;
  if (!casefile::read_text(path, path.string(), problems, text)) throw CaseError(problems.take());
  return read_model(text, path.string());
}

}  // namespace casus::intel
