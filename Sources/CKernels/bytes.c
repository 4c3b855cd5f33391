/* Exact loops over bytes: statistics of columns, bytes that are not 0, and conversion to bytes. */
#include "CKernels.h"
#include "clones.h"
#include <stdbool.h>
#include <string.h>

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
    /* A nan, or a number out of range, becomes a byte with another value. */
    const double low = x[i] >= 0 ? x[i] : 0;
    const uint8_t byte = (uint8_t)(int32_t)(low <= 255 ? low : 255);
    union { double number; uint64_t bits; } was = {x[i]}, is = {byte};
    lost |= was.bits ^ is.bits;
    out[i] = byte;
  }
  return lost == 0;
}

typedef uint8_t bytes64 __attribute__((ext_vector_type(64)));
typedef bool bits64 __attribute__((ext_vector_type(64)));

/* Bit k is set where byte k of 64 is not 0. */
static inline __attribute__((always_inline)) uint64_t marks64(const uint8_t *x) {
  bytes64 bytes;
  memcpy(&bytes, x, sizeof bytes);
  const bits64 differ = __builtin_convertvector(bytes != 0, bits64);
  uint64_t found;
  memcpy(&found, &differ, sizeof found);
  return found;
}

/* Bit k is set where byte from + k is not 0, up to the end. The end of a long row is read with
 * bytes before it, whose bits are shifted out. */
static inline __attribute__((always_inline)) uint64_t marks(const uint8_t *x, ptrdiff_t count,
                                                            ptrdiff_t from) {
  if (count - from >= 64) return marks64(x + from);
  if (count >= 64) return marks64(x + count - 64) >> (64 - (count - from));
  uint64_t found = 0;
  for (ptrdiff_t k = from; k < count; k++) found |= (uint64_t)(x[k] != 0) << (k - from);
  return found;
}

CLONES ptrdiff_t svm_count_nonzero_bytes(const uint8_t *x, ptrdiff_t count) {
  ptrdiff_t found = 0;
  for (ptrdiff_t j = 0; j < count; j += 64) found += __builtin_popcountll(marks(x, count, j));
  return found;
}

CLONES void svm_nonzero_bytes(const uint8_t *x, ptrdiff_t count, int32_t *restrict places,
                              double *restrict values) {
  ptrdiff_t found = 0;
  for (ptrdiff_t j = 0; j < count; j += 64)
    for (uint64_t rest = marks(x, count, j); rest; rest &= rest - 1) {
      const ptrdiff_t k = j + __builtin_ctzll(rest);
      places[found] = (int32_t)k;
      values[found++] = x[k];
    }
}
