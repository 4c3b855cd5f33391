/* Products of a matrix and a vector in place, without padding, and sums of vectors. Included by
 * scalars.h after kernel_body.h, for doubles. */

/* The first `count` lanes from memory, zeros in the others. */
INLINE void NAME(read_part)(V *v, const SCALAR *from, ptrdiff_t count) {
  *v = (V){0};
  __builtin_memcpy(v, from, (size_t)count * sizeof(SCALAR));
}

/* Four running sums for each entry, for rows 0, 1, 2, 3 modulo 4, so that none waits for another.
 * A last vector that extends past its row reads entries of the next row into lanes that are
 * ignored; without enough entries after it, it is read in part. */
INLINE void NAME(vector_matrix_tile)(const SCALAR *a, ptrdiff_t rows, const SCALAR *b,
                                     ptrdiff_t columns, ptrdiff_t stride, SCALAR *out,
                                     const int vectors) {
  V sum[4][2] = {{{0}}};
  const ptrdiff_t room = (rows - 1) * stride + columns - vectors * LANES;
  ptrdiff_t whole = room < 0 ? 0 : room / stride + 1;
  if (whole > rows) whole = rows;
  ptrdiff_t k = 0;
  for (; k + 4 <= whole; k += 4)
    UNROLL for (int u = 0; u < 4; u++) {
      const V factor = (V){0} + a[k + u];
      UNROLL for (int v = 0; v < vectors; v++)
        sum[u][v] =
            MULTIPLY_ADD(*(const V *)(b + (k + u) * stride + v * LANES), factor, sum[u][v]);
    }
  for (; k < rows; k++) {
    const V factor = (V){0} + a[k];
    UNROLL for (int v = 0; v < vectors; v++) {
      const ptrdiff_t left = columns - v * LANES;
      V entry;
      NAME(read_part)(&entry, b + k * stride + v * LANES, left < LANES ? left : LANES);
      UNROLL for (int u = 0; u < 4; u++)
        if (u == (k & 3)) sum[u][v] = MULTIPLY_ADD(entry, factor, sum[u][v]);
    }
  }
  UNROLL for (int v = 0; v < vectors; v++) {
    const V total = (sum[0][v] + sum[1][v]) + (sum[2][v] + sum[3][v]);
    const ptrdiff_t left = columns - v * LANES;
    __builtin_memcpy(out + v * LANES, &total,
                     (size_t)(left < LANES ? left : LANES) * sizeof(SCALAR));
  }
}

TARGET static void NAME(vector_matrix)(const SCALAR *a, ptrdiff_t rows, const SCALAR *b,
                                       ptrdiff_t columns, ptrdiff_t stride, SCALAR *out) {
  ptrdiff_t j = 0;
  for (; j + LANES < columns; j += 2 * LANES)
    NAME(vector_matrix_tile)(a, rows, b + j, columns - j < 2 * LANES ? columns - j : 2 * LANES,
                             stride, out + j, 2);
  if (j < columns) NAME(vector_matrix_tile)(a, rows, b + j, columns - j, stride, out + j, 1);
}

/* `rows` dot products with v; each depends only on its row. */
INLINE void NAME(matrix_vector_tile)(const SCALAR *a, ptrdiff_t columns, const SCALAR *v,
                                     SCALAR *out, const int rows) {
  V sum[4][2] = {{{0}}};
  ptrdiff_t k = 0;
  for (; k + 2 * LANES <= columns; k += 2 * LANES)
    UNROLL for (int u = 0; u < 2; u++) {
      const V factor = *(const V *)(v + k + u * LANES);
      UNROLL for (int i = 0; i < rows; i++)
        sum[i][u] = MULTIPLY_ADD(*(const V *)(a + i * columns + k + u * LANES), factor, sum[i][u]);
    }
  for (; k < columns; k += LANES) {
    const ptrdiff_t left = columns - k < LANES ? columns - k : LANES;
    V factor;
    NAME(read_part)(&factor, v + k, left);
    UNROLL for (int i = 0; i < rows; i++) {
      V entry;
      NAME(read_part)(&entry, a + i * columns + k, left);
      sum[i][0] = MULTIPLY_ADD(entry, factor, sum[i][0]);
    }
  }
  UNROLL for (int i = 0; i < rows; i++) {
    const V total = sum[i][0] + sum[i][1];
    out[i] = NAME(lane_sum)(&total);
  }
}

TARGET static void NAME(matrix_vector)(const SCALAR *a, ptrdiff_t rows, ptrdiff_t columns,
                                       const SCALAR *v, SCALAR *out) {
  ptrdiff_t i = 0;
  for (; i + 4 <= rows; i += 4) NAME(matrix_vector_tile)(a + i * columns, columns, v, out + i, 4);
  for (; i < rows; i++) NAME(matrix_vector_tile)(a + i * columns, columns, v, out + i, 1);
}

/* Σ_k a[k] b[k] in four running sums of vectors; `count` is a multiple of LANES. */
TARGET static SCALAR NAME(dot)(const SCALAR *a, const SCALAR *b, ptrdiff_t count) {
  V sum[4] = {{0}};
  ptrdiff_t k = 0;
  for (; k + 4 * LANES <= count; k += 4 * LANES)
    UNROLL for (int u = 0; u < 4; u++)
      sum[u] =
          MULTIPLY_ADD(*(const V *)(a + k + u * LANES), *(const V *)(b + k + u * LANES), sum[u]);
  for (; k < count; k += LANES)
    sum[0] = MULTIPLY_ADD(*(const V *)(a + k), *(const V *)(b + k), sum[0]);
  const V total = (sum[0] + sum[1]) + (sum[2] + sum[3]);
  return NAME(lane_sum)(&total);
}

TARGET static void NAME(axpy)(SCALAR factor, const SCALAR *x, SCALAR *y, ptrdiff_t count) {
  const V f = (V){0} + factor;
  for (ptrdiff_t k = 0; k < count; k += LANES)
    *(V *)(y + k) = MULTIPLY_ADD(*(const V *)(x + k), f, *(const V *)(y + k));
}
