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

/* The four running sums of svm_sparse_dot, of values that are all 1. */
static inline double unit_dot(const int32_t *columns, ptrdiff_t count, const double *w) {
  double sum[4] = {0};
  ptrdiff_t k = 0;
  for (; k + 4 <= count; k += 4) {
    sum[0] += w[columns[k]];
    sum[1] += w[columns[k + 1]];
    sum[2] += w[columns[k + 2]];
    sum[3] += w[columns[k + 3]];
  }
  for (; k < count; k++) sum[0] += w[columns[k]];
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* Always inlined, once for each kind of values. Rows come in random order: those that are a few steps
 * ahead are asked for. */
static inline __attribute__((always_inline)) ptrdiff_t
sweep(svm_coordinate *coordinates, const svm_coordinate_group *groups, int32_t *order,
      ptrdiff_t active, double delta, double largest, double least, const int32_t *columns,
      const double *values, double *w, double *bias, double *top, double *bottom) {
  for (ptrdiff_t s = 0; s < active; s++) {
    if (s + 8 < active) __builtin_prefetch(&coordinates[order[s + 8]], 1, 2);
    if (s + 4 < active) {
      const svm_coordinate *later = &coordinates[order[s + 4]];
      __builtin_prefetch(columns + later->start, 0, 2);
      if (values) {
        __builtin_prefetch(values + later->start, 0, 2);
        __builtin_prefetch(values + later->start + 8, 0, 2);
      }
    }
    const int32_t i = order[s];
    svm_coordinate *c = &coordinates[i];
    const svm_coordinate_group *group = &groups[c->group];
    const int32_t *own = columns + c->start;
    double score = values ? svm_sparse_dot(own, values + c->start, c->count, w)
                          : unit_dot(own, c->count, w);
    if (bias) score += *bias;
    const double alpha = c->alpha;
    const double G = group->sign * score - delta + group->curvature * alpha;
    double projected = G;
    if (alpha <= group->low || alpha >= group->high) {
      const int is_low = alpha <= group->low;
      if (is_low ? G > largest : G < least) {
        active--;
        order[s] = order[active];
        order[active] = i;
        s--;
        continue;
      }
      if (is_low ? G > 0 : G < 0) projected = 0;
    }
    if (projected > *top) *top = projected;
    if (projected < *bottom) *bottom = projected;
    if (projected <= 1e-12 && projected >= -1e-12) continue;
    double next = alpha - G * c->inverse;
    if (!(next > group->low)) next = group->low;
    if (next > group->high) next = group->high;
    c->alpha = next;
    const double step = (next - alpha) * group->sign;
    if (step == 0) continue;
    if (values)
      svm_sparse_axpy(step, own, values + c->start, c->count, w);
    else
      for (ptrdiff_t k = 0; k < c->count; k++) w[own[k]] += step;
    if (bias) *bias += step;
  }
  return active;
}

ptrdiff_t svm_sweep(svm_coordinate *coordinates, const svm_coordinate_group *groups, int32_t *order,
                    ptrdiff_t active, double delta, double largest, double least,
                    const int32_t *columns, const double *values, double *w, double *bias,
                    double *top, double *bottom) {
  if (values)
    return sweep(coordinates, groups, order, active, delta, largest, least, columns, values, w,
                 bias, top, bottom);
  return sweep(coordinates, groups, order, active, delta, largest, least, columns, NULL, w, bias,
               top, bottom);
}
