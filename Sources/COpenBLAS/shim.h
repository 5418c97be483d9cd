// Swift does not import C's _Complex, so the LAPACK complex types are plain two-field structs of the same layout.
#pragma once
typedef struct { float real, imaginary; } hilbert_complex_float;
typedef struct { double real, imaginary; } hilbert_complex_double;
#define LAPACK_COMPLEX_CUSTOM
#define lapack_complex_float hilbert_complex_float
#define lapack_complex_double hilbert_complex_double
#include <cblas.h>
#include <lapacke.h>
