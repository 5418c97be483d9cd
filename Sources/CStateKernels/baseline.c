// What every processor of the architecture has: SSE2 on x86-64, NEON on arm64.
#define LEVEL_PREFIX hilbert_baseline
#define NATIVE_BYTES 16
#include "level.inc"
