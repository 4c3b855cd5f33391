/* Looking for a byte in text, without a branch. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

/* The place of the first of 16 bytes that is `wanted`; 16 where none is. */
static inline ptrdiff_t svm_first_of_16(const uint8_t *text, uint8_t wanted) {
#if defined(__SSE2__)
  __m128i bytes = _mm_loadu_si128((const __m128i *)text);
  __m128i found = _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)wanted));
  return __builtin_ctz((unsigned)_mm_movemask_epi8(found) | 1u << 16);
#elif defined(__aarch64__)
  uint8x16_t found = vceqq_u8(vld1q_u8(text), vdupq_n_u8(wanted));
  /* Four bits of each byte. */
  uint64_t marks = vget_lane_u64(
      vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(found), 4)), 0);
  return marks ? __builtin_ctzll(marks) / 4 : 16;
#else
  ptrdiff_t i = 0;
  while (i < 16 && text[i] != wanted) i++;
  return i;
#endif
}
