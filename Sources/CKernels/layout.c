/* From the weights as a matrix to rows of one class each, and back. */
#include "CKernels.h"
#include "clones.h"

#define PACK(NAME, SCALAR)                                                                    \
  CLONES void NAME(const double *weights, ptrdiff_t rows, ptrdiff_t classes, ptrdiff_t stride,       \
            ptrdiff_t from, ptrdiff_t to, SCALAR *w, ptrdiff_t padded) {                      \
    /* A block of lines stays in the cache while all classes are taken from it. */            \
    for (ptrdiff_t block = from; block < to; block += 64) {                                   \
      const ptrdiff_t end = block + 64 < to ? block + 64 : to;                                \
      const ptrdiff_t filled = end < rows ? end : rows;                                       \
      for (ptrdiff_t j = 0; j < classes; j++) {                                               \
        ptrdiff_t d = block;                                                                  \
        for (; d < filled; d++) w[j * padded + d] = (SCALAR)weights[d * stride + j];          \
        for (; d < end; d++) w[j * padded + d] = 0;                                           \
      }                                                                                       \
    }                                                                                         \
  }

PACK(svm_pack_single, float)
PACK(svm_pack_double, double)

#define UNPACK(NAME, SCALAR)                                                                  \
  CLONES void NAME(const SCALAR *parts, ptrdiff_t count, ptrdiff_t part_stride, ptrdiff_t classes,   \
            ptrdiff_t padded, ptrdiff_t from, ptrdiff_t to, double *out, int adds) {          \
    for (ptrdiff_t block = from; block < to; block += 64) {                                   \
      const ptrdiff_t length = block + 64 < to ? 64 : to - block;                             \
      for (ptrdiff_t j = 0; j < classes; j++) {                                               \
        double sum[64];                                                                       \
        const SCALAR *part = parts + j * padded + block;                                      \
        if (adds)                                                                             \
          for (ptrdiff_t d = 0; d < length; d++)                                              \
            sum[d] = out[(block + d) * classes + j] + (double)part[d];                        \
        else                                                                                  \
          for (ptrdiff_t d = 0; d < length; d++) sum[d] = (double)part[d];                    \
        for (ptrdiff_t c = 1; c < count; c++)                                                 \
          for (ptrdiff_t d = 0; d < length; d++) sum[d] += (double)part[c * part_stride + d]; \
        for (ptrdiff_t d = 0; d < length; d++) out[(block + d) * classes + j] = sum[d];       \
      }                                                                                       \
    }                                                                                         \
  }

UNPACK(svm_unpack_single, float)
UNPACK(svm_unpack_double, double)
