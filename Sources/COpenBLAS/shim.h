// Swift does not import C's _Complex, so the LAPACK complex types are plain two-field structs of the same layout.
#pragma once
typedef struct { float real, imaginary; } hilbert_complex_float;
typedef struct { double real, imaginary; } hilbert_complex_double;
#define LAPACK_COMPLEX_CUSTOM
#define lapack_complex_float hilbert_complex_float
#define lapack_complex_double hilbert_complex_double
#if __has_include(<cblas.h>)
#include <cblas.h>
#else
#include <openblas/cblas.h>
#endif
#if __has_include(<lapacke.h>)
#include <lapacke.h>
#elif __has_include(<openblas/lapacke.h>)
#include <openblas/lapacke.h>
#else
#include <lapacke/lapacke.h>
#endif

// Routines are looked up when first called, as OpenBLAS.cblas_dgemm(...): to load the libraries takes half the time in which a program
// without matrices is done, and starts a thread for every processor.
typedef struct { char unused; } OpenBLAS;

#if defined(__APPLE__)
#define HILBERT_ADDRESS(library, name) return &name;
#else
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

// Ends the program with status 69 (service unavailable) where a library is missing: no product can be made, and no caller expects that.
static inline void *_Nonnull hilbert_address(const char *_Nonnull library, const char *_Nonnull name) {
  void *opened = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
  void *address = opened ? dlsym(opened, name) : 0;
  if (!address) {
    fprintf(stderr,
            "hilbert: the libraries for linear algebra are missing: %s\nInstall them with\n"
            "  apt-get install libopenblas0 liblapacke   (Debian, Ubuntu)\n"
            "or with the packages of your system that bring libopenblas.so.0 and liblapacke.so.3.\n",
            dlerror());
    exit(69);
  }
  return address;
}

// Threads that come here at once find the same address.
#define HILBERT_ADDRESS(library, name)                                                \
  static void *found;                                                                          \
  void *address = __atomic_load_n(&found, __ATOMIC_RELAXED);                                   \
  if (!address) {                                                                              \
    address = hilbert_address(library, #name);                                        \
    __atomic_store_n(&found, address, __ATOMIC_RELAXED);                                       \
  }                                                                                            \
  return (__typeof__(&name))address;
#endif

#define HILBERT_ROUTINE(library, name)                                                \
  __attribute__((swift_name("getter:OpenBLAS." #name "()")))                                   \
  static inline __typeof__(&name) _Nonnull hilbert_##name(void) { HILBERT_ADDRESS(library, name) }
#define HILBERT_BLAS(name) HILBERT_ROUTINE("libopenblas.so.0", name)
#define HILBERT_LAPACK(name) HILBERT_ROUTINE("liblapacke.so.3", name)

HILBERT_BLAS(openblas_set_num_threads)
HILBERT_BLAS(openblas_get_parallel)
HILBERT_BLAS(openblas_get_config)
HILBERT_BLAS(cblas_sgemm)
HILBERT_BLAS(cblas_dgemm)
HILBERT_BLAS(cblas_zgemm)
HILBERT_BLAS(cblas_ssyrk)
HILBERT_BLAS(cblas_dsyrk)
HILBERT_BLAS(cblas_zherk)
HILBERT_BLAS(cblas_sgemv)
HILBERT_BLAS(cblas_dgemv)
HILBERT_LAPACK(LAPACKE_dsyevd)
HILBERT_LAPACK(LAPACKE_dgesdd)
HILBERT_LAPACK(LAPACKE_dgelqf)
HILBERT_LAPACK(LAPACKE_dorglq)
HILBERT_LAPACK(LAPACKE_dpotrf)
HILBERT_LAPACK(LAPACKE_dgesv)
HILBERT_LAPACK(LAPACKE_zheevd_work)
HILBERT_LAPACK(LAPACKE_zgesdd_work)
HILBERT_LAPACK(LAPACKE_zgelqf_work)
HILBERT_LAPACK(LAPACKE_zunglq_work)
HILBERT_LAPACK(LAPACKE_zpotrf)
HILBERT_LAPACK(LAPACKE_zgesv)
HILBERT_LAPACK(LAPACKE_zgeev_work)
HILBERT_LAPACK(LAPACKE_zgees_work)
