/* Loops over the entries of a sparse row. */
#include "CKernels.h"
#include "clones.h"

#pragma STDC FP_CONTRACT OFF

/* The total of eight running sums, for entries 0, 1, … 7 modulo 8. Halves are added. */
static inline double lanes_total(const double *sum) {
  return ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

#define VALUE(k) (values ? values[k] : 1.0)

/* Four running sums, for short rows. */
static inline __attribute__((always_inline)) double
short_dot(const int32_t *columns, const double *values, ptrdiff_t count, const double *w) {
  double sum[4] = {0};
  ptrdiff_t k = 0;
  for (; k + 4 <= count; k += 4) {
    sum[0] += VALUE(k) * w[columns[k]];
    sum[1] += VALUE(k + 1) * w[columns[k + 1]];
    sum[2] += VALUE(k + 2) * w[columns[k + 2]];
    sum[3] += VALUE(k + 3) * w[columns[k + 3]];
  }
  for (; k < count; k++) sum[0] += VALUE(k) * w[columns[k]];
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

enum { short_row = 32 };

static inline __attribute__((always_inline)) double
portable_dot(const int32_t *columns, const double *values, ptrdiff_t count, const double *w) {
  if (count < short_row) return short_dot(columns, values, count, w);
  double sum[8] = {0};
  ptrdiff_t k = 0;
  for (; k + 8 <= count; k += 8)
    for (int u = 0; u < 8; u++) sum[u] += VALUE(k + u) * w[columns[k + u]];
  for (int u = 0; k < count; k++, u++) sum[u] += VALUE(k) * w[columns[k]];
  return lanes_total(sum);
}

double svm_sparse_dot(const int32_t *columns, const double *values, ptrdiff_t count,
                      const double *w) {
  return portable_dot(columns, values, count, w);
}

#if defined(__x86_64__)
#include <immintrin.h>
#define AVX512 __attribute__((target("avx512f,avx512vl,avx2")))

/* The same sums, with eight entries gathered at once. No operation is fused, so the bits are the
 * same. */
static inline __attribute__((always_inline)) AVX512 double
avx512_dot(const int32_t *columns, const double *values, ptrdiff_t count, const double *w) {
  if (count < short_row) return short_dot(columns, values, count, w);
  __m512d sum = _mm512_setzero_pd();
  ptrdiff_t k = 0;
  for (; k + 8 <= count; k += 8) {
    const __m256i places = _mm256_loadu_si256((const __m256i *)(columns + k));
    const __m512d entry = _mm512_i32gather_pd(places, w, 8);
    sum = _mm512_add_pd(sum, values ? _mm512_mul_pd(_mm512_loadu_pd(values + k), entry) : entry);
  }
  double lanes[8];
  _mm512_storeu_pd(lanes, sum);
  for (int u = 0; k < count; k++, u++) lanes[u] += VALUE(k) * w[columns[k]];
  return lanes_total(lanes);
}
#endif

void svm_sparse_axpy(double factor, const int32_t *columns, const double *values,
                     ptrdiff_t count, double *w) {
  for (ptrdiff_t k = 0; k < count; k++) w[columns[k]] += factor * values[k];
}

void svm_sparse_outer(double factor, const int32_t *columns, const double *values, ptrdiff_t count,
                      double *h, ptrdiff_t stride) {
  for (ptrdiff_t a = 0; a < count; a++) {
    double *line = h + columns[a] * stride;
    const double x = values ? factor * values[a] : factor;
    if (values)
      for (ptrdiff_t b = 0; b <= a; b++) line[columns[b]] += x * values[b];
    else
      for (ptrdiff_t b = 0; b <= a; b++) line[columns[b]] += x;
  }
}

/* Each score is a sum over the row's entries in their order, independent of the other classes. */
CLONES void svm_sparse_scores(const int32_t *columns, const double *values, ptrdiff_t count,
                       const double *w, ptrdiff_t classes, double *restrict s) {
  for (ptrdiff_t k = 0; k < count; k++) {
    const double x = values[k];
    const double *place = w + (columns ? columns[k] : k) * classes;
    for (ptrdiff_t j = 0; j < classes; j++) s[j] += x * place[j];
  }
}

CLONES void svm_sparse_update(const double *restrict factors, const int32_t *columns,
                       const double *values, ptrdiff_t count, double *restrict w,
                       ptrdiff_t classes) {
  for (ptrdiff_t k = 0; k < count; k++) {
    const double x = values[k];
    double *place = w + (columns ? columns[k] : k) * classes;
    for (ptrdiff_t j = 0; j < classes; j++) place[j] += x * factors[j];
  }
}

/* The sweep of one variant. Rows are visited in random order, so those a few steps ahead are
 * prefetched. */
#define SWEEP(NAME, TARGET, DOT)                                                                  \
  static inline __attribute__((always_inline)) TARGET ptrdiff_t NAME(                             \
      svm_coordinate *coordinates, const svm_coordinate_group *groups, int32_t *order,            \
      ptrdiff_t active, ptrdiff_t most, double delta, double largest, double least,               \
      const int32_t *columns, const double *values, double boost, double *w, double *bias,        \
      double *before, svm_sweep_found *found) {                                                   \
    svm_sweep_found met = *found;                                                                 \
    ptrdiff_t s = met.place;                                                                      \
    for (; s < active && most > 0; s++, most--) {                                                 \
      if (s + 8 < active) __builtin_prefetch(&coordinates[order[s + 8]], 1, 2);                   \
      if (s + 4 < active) {                                                                       \
        const svm_coordinate *later = &coordinates[order[s + 4]];                                 \
        svm_prefetch_once(columns + later->start, 4 * later->count);                              \
        if (values) svm_prefetch_once(values + later->start, 8 * later->count);                   \
      }                                                                                           \
      const int32_t i = order[s];                                                                 \
      svm_coordinate *c = &coordinates[i];                                                        \
      const svm_coordinate_group *group = &groups[c->group];                                      \
      const int32_t *own = columns + c->start;                                                    \
      const double *entries = values ? values + c->start : NULL;                                  \
      double score = DOT(own, entries, c->count, w);                                              \
      if (bias) score += *bias;                                                                   \
      const double alpha = c->alpha;                                                              \
      const double G = group->sign * score - delta + group->curvature * alpha;                    \
      double projected = G;                                                                       \
      if (alpha <= group->low || alpha >= group->high) {                                          \
        const int is_low = alpha <= group->low;                                                   \
        if (is_low ? G > largest : G < least) {                                                   \
          active--;                                                                               \
          order[s] = order[active];                                                               \
          order[active] = i;                                                                      \
          s--;                                                                                    \
          continue;                                                                               \
        }                                                                                         \
        if (is_low ? G > 0 : G < 0) projected = 0;                                                \
      }                                                                                           \
      if (projected > met.max_violation) met.max_violation = projected;                           \
      if (projected < met.min_violation) met.min_violation = projected;                           \
      double best = alpha - G * group->softness;                                                  \
      best = best > group->low ? best : group->low;                                               \
      best = best < group->high ? best : group->high;                                             \
      met.gap -= (best - alpha) * (G + 0.5 * group->curvature * (best - alpha));                  \
      if (before) before[s] = alpha;                                                              \
      if (projected <= 1e-12 && projected >= -1e-12) continue;                                    \
      const double inverse = c->inverse / (boost - (boost - 1) * group->curvature * c->inverse);  \
      double next = alpha - G * inverse;                                                          \
      next = next > group->low ? next : group->low;                                               \
      next = next < group->high ? next : group->high;                                             \
      c->alpha = next;                                                                            \
      const double move = next - alpha;                                                           \
      if (move == 0) continue;                                                                    \
      met.gain -= move * (G + 0.5 * (move / inverse));                                            \
      met.linear += move * (delta - group->curvature * alpha);                                    \
      met.curved += group->curvature * move * move;                                               \
      const double step = boost * move * group->sign;                                             \
      for (ptrdiff_t k = 0; k < c->count; k++)                                                    \
        w[own[k]] += entries ? step * entries[k] : step;                                          \
      if (bias) *bias += step;                                                                    \
    }                                                                                             \
    met.place = s;                                                                                \
    *found = met;                                                                                 \
    return active;                                                                                \
  }

SWEEP(portable_sweep, , portable_dot)
#if defined(__x86_64__)
SWEEP(avx512_sweep, AVX512, avx512_dot)

static AVX512 ptrdiff_t avx512_sweeps(svm_coordinate *coordinates,
                                      const svm_coordinate_group *groups, int32_t *order,
                                      ptrdiff_t active, ptrdiff_t most, double delta,
                                      double largest, double least, const int32_t *columns,
                                      const double *values, double boost, double *w, double *bias,
                                      double *before, svm_sweep_found *found) {
  if (values)
    return avx512_sweep(coordinates, groups, order, active, most, delta, largest, least, columns,
                        values, boost, w, bias, before, found);
  return avx512_sweep(coordinates, groups, order, active, most, delta, largest, least, columns,
                      NULL, boost, w, bias, before, found);
}
#endif

ptrdiff_t svm_sweep(int variant, svm_coordinate *coordinates, const svm_coordinate_group *groups,
                    int32_t *order, ptrdiff_t active, ptrdiff_t most, double delta, double largest,
                    double least, const int32_t *columns, const double *values, double boost,
                    double *w, double *bias, double *before, svm_sweep_found *found) {
#if defined(__x86_64__)
  if (variant == svm_avx512)
    return avx512_sweeps(coordinates, groups, order, active, most, delta, largest, least, columns,
                         values, boost, w, bias, before, found);
#endif
  if (values)
    return portable_sweep(coordinates, groups, order, active, most, delta, largest, least, columns,
                          values, boost, w, bias, before, found);
  return portable_sweep(coordinates, groups, order, active, most, delta, largest, least, columns,
                        NULL, boost, w, bias, before, found);
}
