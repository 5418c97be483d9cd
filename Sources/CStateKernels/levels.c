// Which SIMD levels there are on this processor, and their tables.
#include "CStateKernels.h"

extern const hilbert_kernels hilbert_baseline_float_kernels, hilbert_baseline_double_kernels;
#if defined(__x86_64__)
extern const hilbert_kernels hilbert_avx2_float_kernels, hilbert_avx2_double_kernels;
extern const hilbert_kernels hilbert_avx512_float_kernels, hilbert_avx512_double_kernels;
#endif

int hilbert_level_supported(int level) {
#if defined(__x86_64__)
  if (level == HILBERT_AVX2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (level == HILBERT_AVX512)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  return level == HILBERT_BASELINE;
#elif defined(__aarch64__)
  return level == HILBERT_NEON;
#else
  return level == HILBERT_BASELINE;
#endif
}

const hilbert_kernels *hilbert_kernels_float(int level) {
#if defined(__x86_64__)
  if (level == HILBERT_AVX512) return &hilbert_avx512_float_kernels;
  if (level == HILBERT_AVX2) return &hilbert_avx2_float_kernels;
#endif
  return &hilbert_baseline_float_kernels;
}

const hilbert_kernels *hilbert_kernels_double(int level) {
#if defined(__x86_64__)
  if (level == HILBERT_AVX512) return &hilbert_avx512_double_kernels;
  if (level == HILBERT_AVX2) return &hilbert_avx2_double_kernels;
#endif
  return &hilbert_baseline_double_kernels;
}
