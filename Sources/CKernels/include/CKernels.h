/* The innermost loops of the engine, and nothing else: README.md says how they are arranged. */
#pragma once
#include <stddef.h>
#include <stdint.h>

/* Variants of every loop. `portable` has the same bits on every machine. */
enum { svm_portable, svm_avx2, svm_avx512, svm_neon, svm_variant_count };

/* Whether this machine can run a variant. */
int svm_variant_runs(int variant);

/* Rows that a caller of svm_scores must round its row pointers up to. */
enum { svm_row_tile = 4 };

/* Entries that the scratch of svm_scores must have, for `rows` rows. */
#define svm_scratch_entries(rows) ((ptrdiff_t)(rows) * 5 * 16)

/* out[i·stride + j] = Σ_d x[i][d] w[j·padded + d], for `rows` rows and `classes` classes.
 *
 * x has pointers for rows rounded up to a multiple of svm_row_tile (the extra ones may repeat a
 * row). Rows have `padded` entries, a multiple of 16. An entry depends on its row and class alone.
 *
 * ahead points at as many rows that will be read next, with entries of `ahead_size` bytes: the
 * loops fetch them into the cache as they go. Where nothing comes next, x itself will do. */
void svm_scores_single(int variant, const float *const *x, ptrdiff_t rows, const float *w,
                       ptrdiff_t classes, ptrdiff_t padded, float *scratch, double *out,
                       ptrdiff_t stride, const void *const *ahead, ptrdiff_t ahead_size);
void svm_scores_double(int variant, const double *const *x, ptrdiff_t rows, const double *w,
                       ptrdiff_t classes, ptrdiff_t padded, double *scratch, double *out,
                       ptrdiff_t stride, const void *const *ahead, ptrdiff_t ahead_size);

/* Results of a rank update lie in blocks of svm_block columns, one after the other, class after
 * class in each; the last one is as narrow as it needs to be:
 *
 *     column d of class j is at s·classes + j·width + (d − s), s = d rounded down to a block,
 *     width = min(svm_block, columns − s) */
enum { svm_block = 64 };

/* out at (d, j) (+)= Σ_i g[i·g_row + j·g_class] x[i][d], for 0 ≤ d < columns, a multiple of 16; i
 * ascends. It adds to `out` where `adds`, else it overwrites. ahead: as above, for rows rounded
 * up to a multiple of svm_row_tile. */
void svm_rank_update_single(int variant, const float *const *x, ptrdiff_t rows, const float *g,
                            ptrdiff_t g_row, ptrdiff_t g_class, ptrdiff_t classes,
                            ptrdiff_t columns, float *out, int adds,
                            const void *const *ahead, ptrdiff_t ahead_size);
void svm_rank_update_double(int variant, const double *const *x, ptrdiff_t rows, const double *g,
                            ptrdiff_t g_row, ptrdiff_t g_class, ptrdiff_t classes,
                            ptrdiff_t columns, double *out, int adds,
                            const void *const *ahead, ptrdiff_t ahead_size);

/* What raw rows are kept as. */
enum { svm_from_bytes, svm_from_single, svm_from_double };

/* tile[i·padded + d] = (x[i][d] − mean[d]) scale[d] for d < columns, then a 1, then zeros.
 *
 * mean and scale may be NULL, each with its copy as scalars. Doubles are prepared as doubles, and
 * rounded at the end. */
void svm_prepare_single(int variant, int source, const void *const *x, ptrdiff_t rows,
                        ptrdiff_t columns, const double *mean, const double *scale,
                        const float *mean_single, const float *scale_single, float *tile,
                        ptrdiff_t padded);
void svm_prepare_double(int variant, int source, const void *const *x, ptrdiff_t rows,
                        ptrdiff_t columns, const double *mean, const double *scale,
                        const double *mean_again, const double *scale_again, double *tile,
                        ptrdiff_t padded);

/* w[j·padded + d] = weights[d·stride + j] for from ≤ d < to, 0 for rows ≤ d. */
void svm_pack_single(const double *weights, ptrdiff_t rows, ptrdiff_t classes, ptrdiff_t stride,
                     ptrdiff_t from, ptrdiff_t to, float *w, ptrdiff_t padded);
void svm_pack_double(const double *weights, ptrdiff_t rows, ptrdiff_t classes, ptrdiff_t stride,
                     ptrdiff_t from, ptrdiff_t to, double *w, ptrdiff_t padded);

/* out[d·classes + j] (+)= Σ_c of partial sum c at (d, j), for from ≤ d < to; c ascends. They lie as
 * results of rank updates of `padded` columns do; from is a multiple of svm_block. */
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

/* Σ_k a[k] b[k], and y[k] += factor · x[k]; count is a multiple of 8. */
double svm_dot(int variant, const double *a, const double *b, ptrdiff_t count);
void svm_axpy(int variant, double factor, const double *x, double *y, ptrdiff_t count);

/* Σ_k values[k] w[columns[k]], in four running sums, or eight for 32 entries and
 * more; and w[columns[k]] += factor · values[k]. The
 * same bits on every machine. */
double svm_sparse_dot(const int32_t *columns, const double *values, ptrdiff_t count,
                      const double *w);
void svm_sparse_axpy(double factor, const int32_t *columns, const double *values,
                     ptrdiff_t count, double *w);
/* The same for `classes` numbers at each place of w: s[j] += …, and w gets factors[j] · values[k].
 * Columns that are NULL are 0, 1, …: a dense row's. */
void svm_sparse_scores(const int32_t *columns, const double *values, ptrdiff_t count,
                       const double *w, ptrdiff_t classes, double *s);
void svm_sparse_update(const double *factors, const int32_t *columns, const double *values,
                       ptrdiff_t count, double *w, ptrdiff_t classes);

/* H += factor x xT, its lower triangle in rows of `stride` numbers, for a row whose columns ascend;
 * all its values are 1 where they are NULL. */
void svm_sparse_outer(double factor, const int32_t *columns, const double *values, ptrdiff_t count,
                      double *h, ptrdiff_t stride);

/* A coordinate of a dual: α, one over the curvature along it, where its row's entries are, and its
 * group. Half a cache line. */
typedef struct {
  double alpha, inverse;
  int64_t start;
  int32_t count, group;
} svm_coordinate;

/* What coordinates of a group share: y, the box, the curvature of their own term, and one over it
 * (a huge number where it is 0). */
typedef struct {
  double sign, low, high, curvature, softness;
} svm_coordinate_group;

/* What a sweep met: the largest and the least projected G; the duality gap, each coordinate's part
 * of it as it was before its step; what the steps gained in the dual where a change counts once;
 * and, of all changes m together, Σ m (delta − curvature α) and Σ curvature m². */
typedef struct {
  double max_violation, min_violation, gap, gain, linear, curved;
} svm_sweep_found;

/* A sweep over the coordinates order[0] … order[active − 1]:
 *
 *     G = y (x·w + bias) − delta + curvature α,   α ← clamp(α − G / (boost ‖x‖² + curvature))
 *
 * w and bias follow, `boost` times as far: 1 for a sweep alone. before[s], where it is not NULL,
 * gets the α that coordinate order[s] had; `inverse` is that of boost 1.
 *
 * A coordinate at a bound whose G is beyond `largest` or `least` stays there: it changes places
 * with the last active one, and is left out. Returns the active ones that are left. Every variant
 * has the same bits. values may be NULL where all are 1, bias where there is none. */
ptrdiff_t svm_sweep(int variant, svm_coordinate *coordinates, const svm_coordinate_group *groups,
                    int32_t *order, ptrdiff_t active, double delta, double largest, double least,
                    const int32_t *columns, const double *values, double boost, double *w,
                    double *bias, double *before, svm_sweep_found *found);

/* Over rows of bytes: adds to sum and sum of squares, and updates least and largest. At most
 * svm_byte_rows rows, beyond which 32 bits could run over. */
enum { svm_byte_rows = 65536 };
void svm_byte_statistics(const uint8_t *const *x, ptrdiff_t rows, ptrdiff_t from, ptrdiff_t to,
                         uint32_t *sum, uint32_t *squares, uint8_t *least, uint8_t *largest);

/* Writes numbers as bytes; returns whether they are the same, to the bit. */
int svm_narrow_to_bytes(const double *x, ptrdiff_t count, uint8_t *out);

/* How many bytes are not 0; and the places and values of those, in their order. */
ptrdiff_t svm_count_nonzero_bytes(const uint8_t *x, ptrdiff_t count);
void svm_nonzero_bytes(const uint8_t *x, ptrdiff_t count, int32_t *places, double *values);

/* Asks for some bytes, a few cache lines at most: the loop that reads them fetches the rest. */
static inline void svm_prefetch(const void *first, ptrdiff_t bytes) {
  if (bytes > 512) bytes = 512;
  for (ptrdiff_t i = 0; i < bytes; i += 64) __builtin_prefetch((const char *)first + i, 0, 2);
}

/* The same for bytes that are read once in a while: they leave the second-level cache to others,
 * such as the weights. A sweep over 20000 rows of 80 entries with 50000 weights takes a tenth
 * less. */
static inline void svm_prefetch_once(const void *first, ptrdiff_t bytes) {
  if (bytes > 512) bytes = 512;
  for (ptrdiff_t i = 0; i < bytes; i += 64) __builtin_prefetch((const char *)first + i, 0, 0);
}

/* Tells the processor that a loop only waits. */
static inline void svm_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}
