/* Exact sums over columns of bytes. */
#include "CKernels.h"
#include "clones.h"

CLONES void svm_byte_statistics(const uint8_t *const *x, ptrdiff_t rows, ptrdiff_t from,
                                ptrdiff_t to, uint32_t *restrict sum, uint32_t *restrict squares,
                                uint8_t *restrict least, uint8_t *restrict largest) {
  for (ptrdiff_t i = 0; i < rows; i++) {
    const uint8_t *row = x[i];
    for (ptrdiff_t d = from; d < to; d++) {
      const uint32_t value = row[d];
      sum[d] += value;
      squares[d] += value * value;
      least[d] = row[d] < least[d] ? row[d] : least[d];
      largest[d] = row[d] > largest[d] ? row[d] : largest[d];
    }
  }
}
