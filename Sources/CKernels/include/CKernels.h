/* The innermost loops of the engine; README.md describes their files. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "first_byte.h"

/* Variants of every loop. `portable` has the same bits on every machine. */
enum { svm_portable, svm_avx2, svm_avx512, svm_neon, svm_variant_count };

/* 1 where this machine can run the variant, else 0. */
int svm_variant_runs(int variant);

/* The multiple to which callers round up the number of row pointers. */
enum { svm_row_tile = 4 };

/* The number of scalars in the scratch of svm_scores for each row, of rows rounded up as above. */
enum { svm_scratch_entries = 5 * 16 };

/* out[i·stride + j] = Σ_d x[i][d] w[j·padded + d], for `rows` rows and `classes` classes.
 *
 * x has pointers for `rows` rounded up to a multiple of svm_row_tile; the extra ones may repeat a
 * row. Rows have `padded` entries, a multiple of 16. An entry depends only on its row and class.
 *
 * ahead has as many pointers to the rows to be read next, whose entries have `ahead_size` bytes;
 * they are prefetched. Without next rows, x can be passed. */
void svm_scores_single(int variant, const float *const *x, ptrdiff_t rows, const float *w,
                       ptrdiff_t classes, ptrdiff_t padded, float *scratch, double *out,
                       ptrdiff_t stride, const void *const *ahead, ptrdiff_t ahead_size);
void svm_scores_double(int variant, const double *const *x, ptrdiff_t rows, const double *w,
                       ptrdiff_t classes, ptrdiff_t padded, double *scratch, double *out,
                       ptrdiff_t stride, const void *const *ahead, ptrdiff_t ahead_size);

/* Results of a rank update are stored in blocks of svm_block columns, class after class in each;
 * the last block may be narrower:
 *
 *     column d of class j is at s·classes + j·width + (d − s), where s is d rounded down to a
 *     multiple of svm_block, and width = min(svm_block, columns − s) */
enum { svm_block = 64 };

/* out at (d, j) = Σ_i g[i·g_row + j·g_class] x[i][d] for 0 ≤ d < columns, a multiple of 16. i
 * ascends. With `adds`, the sum begins with the value in `out`. ahead: as above, for `rows` rounded
 * up to a multiple of svm_row_tile. */
void svm_rank_update_single(int variant, const float *const *x, ptrdiff_t rows, const float *g,
                            ptrdiff_t g_row, ptrdiff_t g_class, ptrdiff_t classes,
                            ptrdiff_t columns, float *out, int adds,
                            const void *const *ahead, ptrdiff_t ahead_size);
void svm_rank_update_double(int variant, const double *const *x, ptrdiff_t rows, const double *g,
                            ptrdiff_t g_row, ptrdiff_t g_class, ptrdiff_t classes,
                            ptrdiff_t columns, double *out, int adds,
                            const void *const *ahead, ptrdiff_t ahead_size);

/* The types of raw rows. */
enum { svm_from_bytes, svm_from_single, svm_from_double };

/* tile[i·padded + d] = (x[i][d] − mean[d]) scale[d] for d < columns, then a 1, then zeros.
 *
 * mean and scale may be NULL, each together with its copy of the tile's type. Rows of doubles are
 * computed in double and rounded at the end; others in the tile's type. */
void svm_prepare_single(int variant, int source, const void *const *x, ptrdiff_t rows,
                        ptrdiff_t columns, const double *mean, const double *scale,
                        const float *mean_single, const float *scale_single, float *tile,
                        ptrdiff_t padded);
void svm_prepare_double(int variant, int source, const void *const *x, ptrdiff_t rows,
                        ptrdiff_t columns, const double *mean, const double *scale,
                        const double *mean_again, const double *scale_again, double *tile,
                        ptrdiff_t padded);

/* w[j·padded + d] = weights[d·stride + j] for from ≤ d < to, and 0 where d ≥ rows. */
void svm_pack_single(const double *weights, ptrdiff_t rows, ptrdiff_t classes, ptrdiff_t stride,
                     ptrdiff_t from, ptrdiff_t to, float *w, ptrdiff_t padded);
void svm_pack_double(const double *weights, ptrdiff_t rows, ptrdiff_t classes, ptrdiff_t stride,
                     ptrdiff_t from, ptrdiff_t to, double *w, ptrdiff_t padded);

/* out[d·classes + j] = Σ_c of partial sum c at (d, j) for from ≤ d < to. c ascends. With `adds`,
 * the sum begins with the value in `out`. Partial sums are stored as results of rank updates with
 * `padded` columns, `partial_stride` entries apart; from is a multiple of svm_block. */
void svm_unpack_single(const float *partials, ptrdiff_t count, ptrdiff_t partial_stride,
                       ptrdiff_t classes, ptrdiff_t padded, ptrdiff_t from, ptrdiff_t to,
                       double *out, int adds);
void svm_unpack_double(const double *partials, ptrdiff_t count, ptrdiff_t partial_stride,
                       ptrdiff_t classes, ptrdiff_t padded, ptrdiff_t from, ptrdiff_t to,
                       double *out, int adds);

/* out[j] = Σ_k a[k] b[k·stride + j] for `columns` columns and `rows` rows. */
void svm_vector_matrix(int variant, const double *a, ptrdiff_t rows, const double *b,
                       ptrdiff_t columns, ptrdiff_t stride, double *out);

/* out[i] = Σ_k a[i·columns + k] v[k]. */
void svm_matrix_vector(int variant, const double *a, ptrdiff_t rows, ptrdiff_t columns,
                       const double *v, double *out);

/* Σ_k a[k] b[k], and y[k] += factor · x[k]. count is a multiple of 8. */
double svm_dot(int variant, const double *a, const double *b, ptrdiff_t count);
void svm_axpy(int variant, double factor, const double *x, double *y, ptrdiff_t count);

/* Σ_k values[k] w[columns[k]], in four running sums, or in eight from 32 entries on; and
 * w[columns[k]] += factor · values[k]. In the first, values may be NULL where all are 1. The bits
 * are the same on every machine. */
double svm_sparse_dot(const int32_t *columns, const double *values, ptrdiff_t count,
                      const double *w);
void svm_sparse_axpy(double factor, const int32_t *columns, const double *values,
                     ptrdiff_t count, double *w);
/* The same for `classes` numbers at each place of w:
 * s[j] += Σ_k values[k] w[columns[k]·classes + j], and
 * w[columns[k]·classes + j] += factors[j] · values[k]. columns may be NULL for 0, 1, …. */
void svm_sparse_scores(const int32_t *columns, const double *values, ptrdiff_t count,
                       const double *w, ptrdiff_t classes, double *s);
void svm_sparse_update(const double *factors, const int32_t *columns, const double *values,
                       ptrdiff_t count, double *w, ptrdiff_t classes);

/* H += factor · x xᵀ, only its lower triangle, in rows of `stride` numbers. The columns of the row
 * x must ascend. values may be NULL where all are 1. */
void svm_sparse_outer(double factor, const int32_t *columns, const double *values, ptrdiff_t count,
                      double *h, ptrdiff_t stride);

/* A coordinate of the dual: α, the inverse of the curvature along it, its row's entries from
 * `start` on, and its group. Half a cache line. */
typedef struct {
  double alpha, inverse;
  int64_t start;
  int32_t count, group;
} svm_coordinate;

/* The values shared by the coordinates of a group: y, the bounds of α, the curvature of α's own
 * term, and its inverse, a huge number where it is 0. */
typedef struct {
  double sign, low, high, curvature, softness;
} svm_coordinate_group;

/* The results of a sweep over the coordinates that it keeps. A sweep updates them; they begin as
 * −∞, ∞ and zeros.
 *
 *   max_violation  the largest projected gradient; −∞ if no coordinate is kept
 *   min_violation  the smallest projected gradient; ∞ if no coordinate is kept
 *   gap            the sum of the coordinates' parts of the duality gap, each before its step
 *   gain           the sum of the steps' increases of the dual, ‖x‖² counted `boost` times
 *   linear         Σ m (delta − curvature α) over the steps, m being the change of α
 *   curved         Σ curvature m² */
typedef struct {
  double max_violation, min_violation, gap, gain, linear, curved;
  /* Where the sweep goes on: 0 at first, and the number that remain where it is done. */
  int64_t place;
} svm_sweep_found;

/* A sweep over the coordinates order[found->place] … order[active − 1], or `most` of them:
 *
 *     G = y (x·w + bias) − delta + curvature α,   α ← clamp(α − G / (boost ‖x‖² + curvature))
 *
 * w and bias change by `boost` times the steps; boost is 1 for a sweep alone. The coordinates'
 * `inverse` is for boost 1. before, if not NULL, gets the old α of coordinate order[s] at s.
 *
 * A coordinate at its lower bound with G > largest, or at its upper bound with G < least, is left
 * out: it changes places with the last active one. Returns the number of those that remain. All
 * variants have the same bits. values may be NULL where all are 1, and bias where there is none. */
ptrdiff_t svm_sweep(int variant, svm_coordinate *coordinates, const svm_coordinate_group *groups,
                    int32_t *order, ptrdiff_t active, ptrdiff_t most, double delta, double largest,
                    double least, const int32_t *columns, const double *values, double boost,
                    double *w, double *bias, double *before, svm_sweep_found *found);

/* Adds columns from..<to of rows of bytes to their sums and sums of squares, and updates least and
 * largest. At most svm_byte_rows rows, beyond which 32 bits could overflow. */
enum { svm_byte_rows = 65536 };
void svm_byte_statistics(const uint8_t *const *x, ptrdiff_t rows, ptrdiff_t from, ptrdiff_t to,
                         uint32_t *sum, uint32_t *squares, uint8_t *least, uint8_t *largest);

/* Converts numbers to bytes. Returns 1 where all bytes equal their numbers, bit for bit. */
int svm_narrow_to_bytes(const double *x, ptrdiff_t count, uint8_t *out);

/* The number of bytes that are not 0; and their places and values, in order. */
ptrdiff_t svm_count_nonzero_bytes(const uint8_t *x, ptrdiff_t count);
void svm_nonzero_bytes(const uint8_t *x, ptrdiff_t count, int32_t *places, double *values);

/* Adds bytes to a CRC-32, whose `state` is the complement of the sum. Returns how many of the first
 * ones it has added: none where the processor has no products for it. */
ptrdiff_t svm_crc32(uint32_t *state, const uint8_t *bytes, ptrdiff_t count);

/* Prefetches bytes, at most 512: the loop that reads them fetches the rest. */
static inline void svm_prefetch(const void *first, ptrdiff_t bytes) {
  if (bytes > 512) bytes = 512;
  for (ptrdiff_t i = 0; i < bytes; i += 64) __builtin_prefetch((const char *)first + i, 0, 2);
}

/* The same for bytes that are read rarely. They leave the second-level cache to data such as the
 * weights: a sweep over 20000 rows of 80 entries with 50000 weights takes a tenth less time. */
static inline void svm_prefetch_once(const void *first, ptrdiff_t bytes) {
  if (bytes > 512) bytes = 512;
  for (ptrdiff_t i = 0; i < bytes; i += 64) __builtin_prefetch((const char *)first + i, 0, 0);
}

/* Tells the processor that this is a waiting loop. */
static inline void svm_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}
