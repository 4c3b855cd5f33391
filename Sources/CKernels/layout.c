/* Conversion of weights from a matrix to one row for each class, and back. */
#include "CKernels.h"
#include "clones.h"

#define PACK(NAME, SCALAR)                                                                    \
  CLONES void NAME(const double *weights, ptrdiff_t rows, ptrdiff_t classes, ptrdiff_t stride,\
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

/* Eight classes at a time, so that whole cache lines are written. */
#define UNPACK(NAME, SCALAR)                                                                  \
  CLONES void NAME(const SCALAR *partials, ptrdiff_t count, ptrdiff_t partial_stride,         \
                   ptrdiff_t classes, ptrdiff_t padded, ptrdiff_t from, ptrdiff_t to,         \
                   double *out, int adds) {                                                   \
    for (ptrdiff_t block = from; block < to; block += svm_block) {                            \
      const ptrdiff_t width = padded - block < svm_block ? padded - block : svm_block;        \
      const ptrdiff_t length = to - block < width ? to - block : width;                       \
      for (ptrdiff_t first = 0; first < classes; first += 8) {                                \
        const ptrdiff_t group = first + 8 < classes ? 8 : classes - first;                    \
        double *target = out + block * classes + first;                                       \
        double sum[8][svm_block];                                                             \
        for (ptrdiff_t j = 0; j < group; j++) {                                               \
          const SCALAR *partial = partials + block * classes + (first + j) * width;           \
          for (ptrdiff_t d = 0; d < length; d++)                                              \
            sum[j][d] = adds ? target[d * classes + j] + (double)partial[d] : (double)partial[d];\
          for (ptrdiff_t c = 1; c < count; c++)                                               \
            for (ptrdiff_t d = 0; d < length; d++)                                            \
              sum[j][d] += (double)partial[c * partial_stride + d];                           \
        }                                                                                     \
        if (group == 8)                                                                       \
          for (ptrdiff_t d = 0; d < length; d++)                                              \
            for (ptrdiff_t j = 0; j < 8; j++) target[d * classes + j] = sum[j][d];            \
        else                                                                                  \
          for (ptrdiff_t d = 0; d < length; d++)                                              \
            for (ptrdiff_t j = 0; j < group; j++) target[d * classes + j] = sum[j][d];        \
      }                                                                                       \
    }                                                                                         \
  }

UNPACK(svm_unpack_single, float)
UNPACK(svm_unpack_double, double)
