// What a processor and its memory can do at best: the denominators of "fraction of the limit".
#ifndef C_MACHINE_LIMITS_H
#define C_MACHINE_LIMITS_H
#include <stdint.h>

typedef enum { LIMITS_BASELINE, LIMITS_AVX2, LIMITS_AVX512 } limits_level;

// Multiplies and adds in registers alone, `rounds` times on many independent sums; returns how many operations that were.
// The level must be there: see hilbert's SIMDLevel.
double limits_multiply_add_float(limits_level level, int64_t rounds);
double limits_multiply_add_double(limits_level level, int64_t rounds);

// One pass over memory that reads and writes every number.
void limits_scale(double *numbers, int64_t count, double factor);
#endif
