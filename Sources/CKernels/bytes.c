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

CLONES int svm_narrow_to_bytes(const double *restrict x, ptrdiff_t count, uint8_t *restrict out) {
  uint64_t lost = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    /* What is no number, or too small or large for a byte, becomes one that differs. */
    const double low = x[i] >= 0 ? x[i] : 0;
    const uint8_t byte = (uint8_t)(int32_t)(low <= 255 ? low : 255);
    union { double number; uint64_t bits; } was = {x[i]}, is = {byte};
    lost |= was.bits ^ is.bits;
    out[i] = byte;
  }
  return lost == 0;
}
