/* The public loops of one scalar type; each call chooses the variant. */

void PUBLIC(scores)(int variant, const SCALAR *const *x, ptrdiff_t rows, const SCALAR *w,
                    ptrdiff_t classes, ptrdiff_t padded, SCALAR *scratch, double *out,
                    ptrdiff_t stride, const void *const *ahead, ptrdiff_t ahead_size) {
#define CALL(v)                                                                            \
  JOIN(scores, SCALAR, v)(x, rows, w, classes, padded, scratch, out, stride,               \
                          (const char *const *)ahead, ahead_size)
  VARIANTS(CALL)
#undef CALL
}

void PUBLIC(rank_update)(int variant, const SCALAR *const *x, ptrdiff_t rows, const SCALAR *g,
                         ptrdiff_t g_row, ptrdiff_t g_class, ptrdiff_t classes,
                         ptrdiff_t columns, SCALAR *out, int adds,
                         const void *const *ahead, ptrdiff_t ahead_size) {
#define CALL(v)                                                                            \
  JOIN(rank_update, SCALAR, v)(x, rows, g, g_row, g_class, classes, columns, out, adds,    \
                               (const char *const *)ahead, ahead_size)
  VARIANTS(CALL)
#undef CALL
}

void PUBLIC(prepare)(int variant, int source, const void *const *x, ptrdiff_t rows,
                     ptrdiff_t columns, const double *mean, const double *scale,
                     const SCALAR *mean_scalar, const SCALAR *scale_scalar, SCALAR *tile,
                     ptrdiff_t padded) {
#define CALL(v)                                                                            \
  JOIN(prepare, SCALAR, v)(source, x, rows, columns, mean, scale, mean_scalar,             \
                           scale_scalar, tile, padded)
  VARIANTS(CALL)
#undef CALL
}
