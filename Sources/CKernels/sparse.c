/* Loops over the entries of a sparse row. */
#include "CKernels.h"

#pragma STDC FP_CONTRACT OFF

double svm_sparse_dot(const int32_t *columns, const double *values, ptrdiff_t count,
                      const double *w) {
  double sum[4] = {0};
  ptrdiff_t k = 0;
  for (; k + 4 <= count; k += 4) {
    sum[0] += values[k] * w[columns[k]];
    sum[1] += values[k + 1] * w[columns[k + 1]];
    sum[2] += values[k + 2] * w[columns[k + 2]];
    sum[3] += values[k + 3] * w[columns[k + 3]];
  }
  for (; k < count; k++) sum[0] += values[k] * w[columns[k]];
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

void svm_sparse_axpy(double factor, const int32_t *columns, const double *values,
                     ptrdiff_t count, double *w) {
  for (ptrdiff_t k = 0; k < count; k++) w[columns[k]] += factor * values[k];
}

/* A sum over the row's entries in their order, whatever stands beside it. */
void svm_sparse_scores(const int32_t *columns, const double *values, ptrdiff_t count,
                       const double *w, ptrdiff_t classes, double *restrict s) {
  for (ptrdiff_t k = 0; k < count; k++) {
    const double x = values[k];
    const double *place = w + columns[k] * classes;
    for (ptrdiff_t j = 0; j < classes; j++) s[j] += x * place[j];
  }
}

void svm_sparse_update(const double *restrict factors, const int32_t *columns,
                       const double *values, ptrdiff_t count, double *restrict w,
                       ptrdiff_t classes) {
  for (ptrdiff_t k = 0; k < count; k++) {
    const double x = values[k];
    double *place = w + columns[k] * classes;
    for (ptrdiff_t j = 0; j < classes; j++) place[j] += x * factors[j];
  }
}
