# Futures are played on the widest vector registers the machine has (docs/decisions/0004-lane-targets.md).
#
# What holds lanes is compiled once more for every target of CASUS_TARGETS, linked into one object
# and stripped of every global name but its way in, so that no inline function compiled for wide
# registers can stand in for one that every machine runs.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$" AND NOT CASUS_SANITIZE AND NOT CASUS_FUZZ)
  set(casus_targets_default avx2 avx512)
else()
  set(casus_targets_default "")
endif()
set(CASUS_TARGETS "${casus_targets_default}" CACHE STRING
    "lane targets beside the baseline: any of avx2 and avx512, or empty")

# Values of sixteen lanes are copied in the pieces they are computed in: a store of halves would stall
# the load of the whole.
# Eight lanes fill one register of AVX2 and are passed in it; sixteen would live in memory.
set(casus_flags_avx2 -mavx2 -DCASUS_LANES=8 $<$<CXX_COMPILER_ID:GNU>:-mmove-max=256>
    $<$<CXX_COMPILER_ID:GNU>:-mstore-max=256>)
set(casus_flags_avx512 -mavx512f -mavx512bw -mavx512dq -mavx512vl -mprefer-vector-width=512
    # g++ 12 takes the undefined operands inside its own intrinsics for ours (GCC bug 105593).
    $<$<CXX_COMPILER_ID:GNU>:-Wno-uninitialized> $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)

# casus_lane_engine(LIBRARY TARGET SOURCES file ... FLAGS flag ...): adds to LIBRARY the engine
# casus_engine_TARGET, sealed.
function(casus_lane_engine library target)
  cmake_parse_arguments(arg "" "" "SOURCES;FLAGS" ${ARGN})
  find_program(CASUS_LD NAMES ld.bfd ld REQUIRED)
  set(objects casus_engine_${target})
  add_library(${objects} OBJECT ${arg_SOURCES})
  target_link_libraries(${objects} PRIVATE casus_intel casus_observe)
  target_compile_options(${objects} PRIVATE ${arg_FLAGS}
                         $<$<CXX_COMPILER_ID:GNU>:-fno-gnu-unique>)
  # Eigen's layouts widen with the registers; they cross the seam, so they must not.
  target_compile_definitions(${objects} PRIVATE CASUS_ENGINE=casus_engine_${target}
                             EIGEN_MAX_ALIGN_BYTES=16)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/casus_engine_${target}.o)
  add_custom_command(
    OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DLD=${CASUS_LD} -DOBJCOPY=${CMAKE_OBJCOPY} -DREADELF=${CMAKE_READELF}
            -DENTRY=casus_engine_${target} -DOUT=${out} "-DOBJECTS=$<TARGET_OBJECTS:${objects}>"
            -P ${CMAKE_SOURCE_DIR}/cmake/CasusSeal.cmake
    DEPENDS $<TARGET_OBJECTS:${objects}> ${CMAKE_SOURCE_DIR}/cmake/CasusSeal.cmake
    COMMENT "Sealing the engine ${target}" VERBATIM)
  set_source_files_properties(${out} PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
  target_sources(${library} PRIVATE ${out})
endfunction()

# casus_lane_targets(LIBRARY SOURCES file ...): adds the engines of CASUS_TARGETS to LIBRARY.
function(casus_lane_targets library)
  cmake_parse_arguments(arg "" "" "SOURCES" ${ARGN})
  foreach(target ${CASUS_TARGETS})
    casus_lane_engine(${library} ${target} SOURCES ${arg_SOURCES} FLAGS ${casus_flags_${target}})
    string(TOUPPER ${target} upper)
    target_compile_definitions(${library} PRIVATE CASUS_HAS_${upper})
  endforeach()
endfunction()

# The sources of world, policy and the rest that hold lanes; what only names, describes or stores
# is compiled once.
function(casus_lane_sources result)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/world/*.cc
       ${CMAKE_CURRENT_SOURCE_DIR}/policy/*.cc)
  list(FILTER sources EXCLUDE REGEX "(_test|_knobs|/knobs|/event_templates|/cause_rules|/catalogue|/events|/odd|/odd_submodels|/variables|/family)\\.cc$")
  foreach(file random/draws random/lane_prior ensemble/engine ensemble/run ensemble/answers ensemble/settling)
    list(APPEND sources ${CMAKE_CURRENT_SOURCE_DIR}/${file}.cc)
  endforeach()
  set(${result} ${sources} PARENT_SCOPE)
endfunction()
