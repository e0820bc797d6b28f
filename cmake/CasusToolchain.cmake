# The compiler's settings for the whole project: C++20, warnings are errors, the same bytes everywhere.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CASUS_CCACHE ccache)
if(CASUS_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CASUS_CCACHE})
endif()
find_program(CASUS_MOLD mold)
if(CASUS_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# No fused multiply-add, no fast-math, no -march=native: results do not depend on the machine.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Werror -ffp-contract=off -fno-math-errno)
# Wide vectors never cross from what is compiled for one target to another's.
add_compile_options(-Wno-psabi)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 warns falsely inside std::string (GCC bug 105651).
  add_compile_options(-Wno-restrict)
endif()

set(CASUS_SANITIZE "" CACHE STRING "address,undefined or thread")
if(CASUS_SANITIZE)
  add_compile_options(-fsanitize=${CASUS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${CASUS_SANITIZE})
  # g++ 12 takes parts of std::regex for uninitialised once they are checked (GCC bug 105562).
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
endif()
