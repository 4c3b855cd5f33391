#ifndef CLAPACK_H
#define CLAPACK_H

#include <stdint.h>

/// Routines of LAPACK for matrices of doubles that lie row by row without gaps. The library is
/// opened at the first call of svm_lapack_is_there, since it would otherwise take a part of every
/// start of the program; no other function may be called before it has returned 1.
///
/// Each returns LAPACK's info: 0, or above 0 where it fails as its routine says; below 0 where
/// there is no memory.

/// 1 where the library is there, which is then kept to one thread; else 0.
int svm_lapack_is_there(void);

/// dgesv: A (n×n) X = B (n×k). A becomes its LU factors, B becomes X. Above 0: A is singular.
int32_t svm_lapack_solve(int32_t n, int32_t k, double *a, int32_t *pivots, double *b);

/// dgetrf: the LU factors of A (n×n), and the rows that were exchanged, counted from 1.
int32_t svm_lapack_factorize(int32_t n, double *a, int32_t *pivots);

/// dgesdd: A (m×n) = U diag(s) Vt, by divide and conquer. `job` is 'A' for all columns of U and
/// rows of Vt, 'S' for the first min(m, n), 'N' for none of them. Above 0: not converged.
int32_t svm_lapack_singular_values(
  char job, int32_t m, int32_t n, double *a, double *s, double *u, double *vt);

/// dsyevd: the eigenvalues w, rising, of the symmetric A (n×n), of which the lower triangle is
/// read. A becomes the eigenvectors, one in each column. Above 0: not converged.
int32_t svm_lapack_eigenvalues(int32_t n, double *a, double *w);

/// dgelsd: the X (n×k) of least norm with least ‖A X − B‖, A m×n. B has max(m, n) rows and becomes
/// X in its first n ones. Singular values below `condition` times the largest count as 0. Above 0:
/// not converged.
int32_t svm_lapack_least_squares(
  int32_t m, int32_t n, int32_t k, double *a, double *b, double *s, double condition);

#endif
