#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma,popcnt"))), apply_to = function)
#define LEVEL_PREFIX hilbert_avx2
#define NATIVE_BYTES 32
#include "level.inc"
#pragma clang attribute pop
#endif
