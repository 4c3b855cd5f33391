/* Functions of CKernels.h that are the same for both scalars, for one of them: SCALAR in C,
 * PRECISION in the names there. Each calls the kernel of its variant. */

void ENTRY(scores)(int variant, const SCALAR *const *x, ptrdiff_t rows, const SCALAR *w,
                   ptrdiff_t classes, ptrdiff_t padded, SCALAR *scratch, double *out,
                   ptrdiff_t stride, const void *const *ahead, ptrdiff_t ahead_size) {
#define CALL(v)                                                                            \
  KERNEL(scores, v)(x, rows, w, classes, padded, scratch, out, stride,                     \
                    (const char *const *)ahead, ahead_size)
  VARIANTS(CALL)
#undef CALL
}

void ENTRY(rank_update)(int variant, const SCALAR *const *x, ptrdiff_t rows, const SCALAR *g,
                        ptrdiff_t g_row, ptrdiff_t g_class, ptrdiff_t classes,
                        ptrdiff_t columns, SCALAR *out, int adds, const void *const *ahead,
                        ptrdiff_t ahead_size) {
#define CALL(v)                                                                            \
  KERNEL(rank_update, v)(x, rows, g, g_row, g_class, classes, columns, out, adds,          \
                         (const char *const *)ahead, ahead_size)
  VARIANTS(CALL)
#undef CALL
}
