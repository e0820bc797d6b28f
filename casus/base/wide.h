// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// CASUS_WIDE: a function's loops are compiled for wide registers too and the fitting ones taken
// when the program starts. For loops whose every value is worked out in one order on each, so that
// the results are the same. CASUS_INSIDE: for what such a function calls in its loops.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define CASUS_WIDE __attribute__((target_clones("avx2", "default")))
#define CASUS_INSIDE __attribute__((always_inline)) inline
#else
#define CASUS_WIDE
#define CASUS_INSIDE inline
#endif
