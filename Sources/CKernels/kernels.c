#include "CKernels.h"

/* Products and sums are fused only in MULTIPLY_ADD: the portable variant must have the same bits on
 * every machine. */
#pragma STDC FP_CONTRACT OFF

/* Each variant of the loops, for both scalar types. */

#define JOIN3(a, b, c) a##_##b##_##c
#define JOIN(a, b, c) JOIN3(a, b, c)
#define NAME(x) JOIN(x, SCALAR, VARIANT)
#define LANES ((int)(BYTES / sizeof(SCALAR)))
#define V NAME(vector)
#define INLINE static inline __attribute__((always_inline)) TARGET
#define UNROLL _Pragma("clang loop unroll(full)")
#define FUSED(a, b, c) __builtin_elementwise_fma(a, b, c)
#define NOT_FUSED(a, b, c) ((a) * (b) + (c))

#define VARIANT portable
#define BYTES 32
#define TARGET
#define MULTIPLY_ADD NOT_FUSED
#define ROWS 2
#define VECTORS 2
#include "scalars.h"
#undef VARIANT
#undef TARGET
#undef MULTIPLY_ADD

#if defined(__x86_64__)
#define VARIANT avx2
#define TARGET __attribute__((target("avx2,fma")))
#define MULTIPLY_ADD FUSED
#include "scalars.h"
#undef VARIANT
#undef BYTES
#undef TARGET
#undef ROWS
#undef VECTORS

/* Twice as many registers, each twice as wide. */
#define VARIANT avx512
#define BYTES 64
#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")))
#define ROWS 4
#define VECTORS 4
#include "scalars.h"

#define VARIANTS(call)                                                                     \
  switch (variant) {                                                                       \
  case svm_avx512: call(avx512); break;                                                    \
  case svm_avx2: call(avx2); break;                                                        \
  default: call(portable); break;                                                          \
  }

#elif defined(__aarch64__)
#define VARIANT neon
#define TARGET
#define MULTIPLY_ADD FUSED
#include "scalars.h"

#define VARIANTS(call)                                                                     \
  switch (variant) {                                                                       \
  case svm_neon: call(neon); break;                                                        \
  default: call(portable); break;                                                          \
  }

#else
#define VARIANTS(call) (void)variant; call(portable);
#endif

int svm_variant_runs(int variant) {
  switch (variant) {
  case svm_portable: return 1;
#if defined(__x86_64__)
  case svm_avx2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  case svm_avx512:
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#elif defined(__aarch64__)
  case svm_neon: return 1;
#endif
  default: return 0;
  }
}

#define SCALAR float
#define PUBLIC(name) svm_##name##_single
#include "dispatch.h"
#undef SCALAR
#undef PUBLIC
#define SCALAR double
#define PUBLIC(name) svm_##name##_double
#include "dispatch.h"
#undef SCALAR
#undef PUBLIC

void svm_vector_matrix(int variant, const double *a, ptrdiff_t rows, const double *b,
                       ptrdiff_t columns, ptrdiff_t stride, double *out) {
#define CALL(v) vector_matrix_double_##v(a, rows, b, columns, stride, out)
  VARIANTS(CALL)
#undef CALL
}

void svm_matrix_vector(int variant, const double *a, ptrdiff_t rows, ptrdiff_t columns,
                       const double *v, double *out) {
#define CALL(name) matrix_vector_double_##name(a, rows, columns, v, out)
  VARIANTS(CALL)
#undef CALL
}

double svm_dot(int variant, const double *a, const double *b, ptrdiff_t count) {
#define CALL(name) return dot_double_##name(a, b, count)
  VARIANTS(CALL)
#undef CALL
  return 0;
}

void svm_axpy(int variant, double factor, const double *x, double *y, ptrdiff_t count) {
#define CALL(name) axpy_double_##name(factor, x, y, count)
  VARIANTS(CALL)
#undef CALL
}
