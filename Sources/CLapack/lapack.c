#include "CLapack.h"

#include <dlfcn.h>
#include <lapacke.h>
#include <pthread.h>
#include <stddef.h>

static __typeof__(LAPACKE_dgesv) *solve;
static __typeof__(LAPACKE_dgetrf) *factorize;
static __typeof__(LAPACKE_dgesdd) *singular_values;
static __typeof__(LAPACKE_dsyevd) *eigenvalues;
static __typeof__(LAPACKE_dgelsd) *least_squares;
static int is_there;

static void load(void) {
  void *library = dlopen("liblapacke.so.3", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return;
  solve = dlsym(library, "LAPACKE_dgesv");
  factorize = dlsym(library, "LAPACKE_dgetrf");
  singular_values = dlsym(library, "LAPACKE_dgesdd");
  eigenvalues = dlsym(library, "LAPACKE_dsyevd");
  least_squares = dlsym(library, "LAPACKE_dgelsd");
  if (!solve || !factorize || !singular_values || !eigenvalues || !least_squares) return;
  // The callers look for what is not finite.
  void (*set_check)(int) = dlsym(library, "LAPACKE_set_nancheck");
  if (set_check) set_check(0);
  // Where OpenBLAS stands in for BLAS: its results would depend on the number of threads.
  void (*set_threads)(int) = dlsym(library, "openblas_set_num_threads");
  if (set_threads) set_threads(1);
  is_there = 1;
}

int svm_lapack_is_there(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return is_there;
}

int32_t svm_lapack_solve(int32_t n, int32_t k, double *a, int32_t *pivots, double *b) {
  return solve(LAPACK_ROW_MAJOR, n, k, a, n, pivots, b, k);
}

int32_t svm_lapack_factorize(int32_t n, double *a, int32_t *pivots) {
  return factorize(LAPACK_ROW_MAJOR, n, n, a, n, pivots);
}

int32_t svm_lapack_singular_values(
  char job, int32_t m, int32_t n, double *a, double *s, double *u, double *vt
) {
  int32_t least = m < n ? m : n;
  return singular_values(
    LAPACK_ROW_MAJOR, job, m, n, a, n, s, u, job == 'A' ? m : least, vt, n);
}

int32_t svm_lapack_eigenvalues(int32_t n, double *a, double *w) {
  return eigenvalues(LAPACK_ROW_MAJOR, 'V', 'L', n, a, n, w);
}

int32_t svm_lapack_least_squares(
  int32_t m, int32_t n, int32_t k, double *a, double *b, double *s, double condition
) {
  int32_t rank;
  return least_squares(LAPACK_ROW_MAJOR, m, n, k, a, n, b, k, s, condition, &rank);
}
