/* The check sum of gzip and zip, by products of polynomials without carries.
 *
 * Gopal, Ozturk, Guilford et al., Fast CRC computation for generic polynomials using PCLMULQDQ
 * (Intel, 2009). The constants are powers of x modulo the polynomial, with bits reflected: x⁵⁴⁴ and
 * x⁴⁸⁰ fold four vectors, x¹⁶⁰ and x⁹⁶ one, x⁶⁴ half of one. */
#include "CKernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define PRODUCT(a, b, halves) _mm_clmulepi64_si128(a, b, halves)
#define LOAD(p) _mm_loadu_si128((const __m128i *)(p))
#define TARGET __attribute__((target("pclmul,sse4.1")))

TARGET static inline __m128i fold(__m128i x, __m128i by, __m128i next) {
  __m128i low = PRODUCT(x, by, 0x00), high = PRODUCT(x, by, 0x11);
  return _mm_xor_si128(_mm_xor_si128(low, high), next);
}

TARGET static uint32_t folded(uint32_t state, const uint8_t *bytes, ptrdiff_t count) {
  const __m128i four = _mm_set_epi64x(0x01c6e41596, 0x0154442bd4);
  const __m128i one = _mm_set_epi64x(0x00ccaa009e, 0x01751997d0);
  const __m128i half = _mm_set_epi64x(0, 0x0163cd6124);
  const __m128i polynomial = _mm_set_epi64x(0x01f7011641, 0x01db710641);
  const __m128i words = _mm_setr_epi32(~0, 0, ~0, 0);
  __m128i a = _mm_xor_si128(LOAD(bytes), _mm_cvtsi32_si128((int)state));
  __m128i b = LOAD(bytes + 16), c = LOAD(bytes + 32), d = LOAD(bytes + 48);
  ptrdiff_t i = 64;
  for (; i + 64 <= count; i += 64) {
    a = fold(a, four, LOAD(bytes + i));
    b = fold(b, four, LOAD(bytes + i + 16));
    c = fold(c, four, LOAD(bytes + i + 32));
    d = fold(d, four, LOAD(bytes + i + 48));
  }
  a = fold(fold(fold(a, one, b), one, c), one, d);
  for (; i + 16 <= count; i += 16) a = fold(a, one, LOAD(bytes + i));
  /* 128 bits to 64, and those to 32 by Barrett's reduction. */
  a = _mm_xor_si128(_mm_srli_si128(a, 8), PRODUCT(a, one, 0x10));
  a = _mm_xor_si128(_mm_srli_si128(a, 4), PRODUCT(_mm_and_si128(a, words), half, 0x00));
  __m128i quotient = PRODUCT(_mm_and_si128(a, words), polynomial, 0x10);
  quotient = PRODUCT(_mm_and_si128(quotient, words), polynomial, 0x00);
  return (uint32_t)_mm_extract_epi32(_mm_xor_si128(a, quotient), 1);
}

ptrdiff_t svm_crc32(uint32_t *state, const uint8_t *bytes, ptrdiff_t count) {
  if (count < 64 || !__builtin_cpu_supports("pclmul") || !__builtin_cpu_supports("sse4.1"))
    return 0;
  count -= count % 16;
  *state = folded(*state, bytes, count);
  return count;
}
#else
ptrdiff_t svm_crc32(uint32_t *state, const uint8_t *bytes, ptrdiff_t count) {
  (void)state, (void)bytes, (void)count;
  return 0;
}
#endif
