#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,fma,popcnt"))), apply_to = function)
#define LEVEL_PREFIX hilbert_avx512
#define NATIVE_BYTES 64
#include "level.inc"
#pragma clang attribute pop
#endif
