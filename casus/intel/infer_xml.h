// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/intel/infer_text.h"

/// As much of XML 1.0 as files of networks use, with places.
namespace casus::intel {

struct XmlElement {
  std::string name;
  std::size_t offset = 0;  ///< of the name
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<XmlElement> children;
  std::vector<std::pair<std::size_t, std::size_t>> pieces;  ///< of its own text: begin, end

  /// Child of this name, whatever its case; null if there is none.
  [[nodiscard]] const XmlElement* child(std::string_view wanted) const;
  [[nodiscard]] bool is(std::string_view wanted) const;  ///< whatever its case
  [[nodiscard]] std::string attribute(std::string_view wanted) const;
};

/// The root element. Comments, processing instructions and the document type are passed over.
/// @throws CaseError the text is not well formed, nests too deep, or uses an entity of its own.
[[nodiscard]] XmlElement read_xml(Scanner& scanner);

/// The text of an element without blanks at its ends, entities resolved.
[[nodiscard]] std::string text_of(Scanner& scanner, const XmlElement& element);
/// The numbers in the text of an element; told and left out where something else stands there.
[[nodiscard]] std::vector<double> numbers_of(Scanner& scanner, const XmlElement& element,
                                             bool& sound);
/// With `& < > "` as entities.
[[nodiscard]] std::string xml_escaped(std::string_view text);

}  // namespace casus::intel
