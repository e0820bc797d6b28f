# cmake -DLD= -DOBJCOPY= -DREADELF= -DOBJECTS= -DENTRY= -DOUT= -P CasusSeal.cmake
#
# Links OBJECTS into the one object OUT whose only global definition is ENTRY. Refuses objects with
# code that runs before main: it would run on machines that lack the instructions.
function(step)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status OUTPUT_VARIABLE output)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGV0} failed")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

step(${LD} -r --force-group-allocation -o ${OUT}.open ${OBJECTS})
step(${OBJCOPY} --keep-global-symbol=${ENTRY} ${OUT}.open ${OUT}.sealed)
step(${READELF} -S -W ${OUT}.sealed)
if(output MATCHES "\\.(init_array|ctors)")
  message(FATAL_ERROR "${ENTRY} holds code that runs before main")
endif()
file(REMOVE ${OUT}.open)
file(RENAME ${OUT}.sealed ${OUT})
