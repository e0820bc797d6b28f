# casus_embed(TARGET FILE SYMBOL): makes the bytes of FILE part of TARGET as
#   namespace casus::embedded { extern const unsigned char SYMBOL[]; extern const std::size_t SYMBOL_size; }
# by CMake alone; the source is written anew whenever FILE changes.
function(casus_embed target file symbol)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded_${symbol}.cc)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  if(NOT EXISTS ${out} OR ${file} IS_NEWER_THAN ${out})
    file(READ ${file} bytes HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    string(REGEX REPLACE "(................................................................................)"
           "\\1\n" bytes "${bytes}")
    file(WRITE ${out} "// Made by cmake/CasusEmbed.cmake from a file of the source tree.
#include <cstddef>
namespace casus::embedded {
extern const unsigned char ${symbol}[];
extern const std::size_t ${symbol}_size;
const unsigned char ${symbol}[] = {
${bytes}};
const std::size_t ${symbol}_size = sizeof(${symbol});
}  // namespace casus::embedded
")
  endif()
  target_sources(${target} PRIVATE ${out})
endfunction()
