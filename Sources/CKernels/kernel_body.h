/* All loops over tiles, for one scalar type and one variant. Included by scalars.h with
 *
 *   SCALAR, LANES        the type, and the number of them in a vector
 *   NAME(x)              the name of x for this type and variant
 *   TARGET               the function attribute that enables the variant's instructions
 *   MULTIPLY_ADD(a,b,c)  a·b + c, fused or not
 *   ROWS, VECTORS        rows in a tile of scores, vectors in a tile of a rank update
 *
 * Lanes of vectors do not mix until NAME(lane_sum) adds those of one entry, in a fixed order. */

typedef SCALAR NAME(vector) __attribute__((vector_size(LANES * sizeof(SCALAR)),
                                           aligned(sizeof(SCALAR))));

/* The sum of the lanes: one half is added to the other until one lane is left. */
INLINE SCALAR NAME(lane_sum)(const V *v) {
  SCALAR lane[LANES];
  __builtin_memcpy(lane, v, sizeof lane);
  for (int half = LANES / 2; half > 0; half /= 2)
    for (int i = 0; i < half; i++) lane[i] += lane[i + half];
  return lane[0];
}

/* Adds columns from..<to to the dot products of `rows` rows and `classes` classes. */
INLINE void NAME(dot_tile)(const SCALAR *const *x, const SCALAR *w, ptrdiff_t padded,
                           ptrdiff_t from, ptrdiff_t to, V *sums, const char *ahead,
                           ptrdiff_t ahead_size, const int rows, const int classes) {
  V sum[4][5];
  const SCALAR *row[4];
  UNROLL for (int i = 0; i < rows; i++) {
    row[i] = x[i];
    UNROLL for (int j = 0; j < classes; j++) sum[i][j] = from ? sums[i * 5 + j] : (V){0};
  }
  for (ptrdiff_t d = from; d < to; d += LANES) {
    V entry[4];
    __builtin_prefetch(ahead + d * ahead_size, 0, 2);
    UNROLL for (int i = 0; i < rows; i++) entry[i] = *(const V *)(row[i] + d);
    UNROLL for (int j = 0; j < classes; j++) {
      const V weight = *(const V *)(w + j * padded + d);
      UNROLL for (int i = 0; i < rows; i++) sum[i][j] = MULTIPLY_ADD(entry[i], weight, sum[i][j]);
    }
  }
  UNROLL for (int i = 0; i < rows; i++)
    UNROLL for (int j = 0; j < classes; j++) sums[i * 5 + j] = sum[i][j];
}

/* Columns from..<to of the classes stay in the first-level cache while all rows are visited. */
TARGET static void NAME(scores)(const SCALAR *const *x, ptrdiff_t rows, const SCALAR *w,
                                ptrdiff_t classes, ptrdiff_t padded, SCALAR *scratch, double *out,
                                ptrdiff_t stride, const char *const *ahead,
                                ptrdiff_t ahead_size) {
  V *sums = (V *)scratch;
  const ptrdiff_t most = 4096 / sizeof(SCALAR);
  const ptrdiff_t blocks = (padded + most - 1) / most;
  const ptrdiff_t size = ((padded + blocks - 1) / blocks + 15) / 16 * 16;
  for (ptrdiff_t first = 0; first < classes; first += 5) {
    const int count = classes - first < 5 ? (int)(classes - first) : 5;
    const SCALAR *own = w + first * padded;
    for (ptrdiff_t from = 0; from < padded; from += size) {
      const ptrdiff_t to = from + size < padded ? from + size : padded;
/* Half of the rows to be read next are prefetched here, and half in the rank update. */
#define TILES(n, k)                                                              \
  for (ptrdiff_t i = 0; i < rows; i += n)                                        \
    NAME(dot_tile)(x + i, own, padded, from, to, sums + i * 5,                   \
                   ahead[i + (first == 5)], ahead_size, n, k)
      switch (count) {
      case 5: TILES(ROWS, 5); break;
      case 4: TILES(ROWS, 4); break;
      case 3: TILES(ROWS, 3); break;
      case 2: TILES(4, 2); break;
      default: TILES(4, 1); break;
      }
#undef TILES
    }
    for (ptrdiff_t i = 0; i < rows; i++)
      for (int j = 0; j < count; j++)
        out[i * stride + first + j] = (double)NAME(lane_sum)(sums + i * 5 + j);
  }
}

/* One tile of columns × classes over all rows. */
INLINE void NAME(rank_tile)(const SCALAR *const *x, ptrdiff_t rows, ptrdiff_t d, const SCALAR *g,
                            ptrdiff_t g_row, ptrdiff_t g_class, SCALAR *out, ptrdiff_t width,
                            int adds, const char *const *ahead, ptrdiff_t ahead_offset,
                            const int vectors, const int classes) {
  V sum[4][5];
  UNROLL for (int j = 0; j < classes; j++)
    UNROLL for (int v = 0; v < vectors; v++)
      sum[v][j] = adds ? *(const V *)(out + j * width + v * LANES) : (V){0};
  for (ptrdiff_t i = 0; i < rows; i++) {
    V entry[4];
    __builtin_prefetch(ahead[i | 2] + ahead_offset + (i & 2) * 32, 0, 2);
    UNROLL for (int v = 0; v < vectors; v++) entry[v] = *(const V *)(x[i] + d + v * LANES);
    UNROLL for (int j = 0; j < classes; j++) {
      const V slope = (V){0} + g[i * g_row + j * g_class];
      UNROLL for (int v = 0; v < vectors; v++)
        sum[v][j] = MULTIPLY_ADD(entry[v], slope, sum[v][j]);
    }
  }
  UNROLL for (int j = 0; j < classes; j++)
    UNROLL for (int v = 0; v < vectors; v++)
      *(V *)(out + j * width + v * LANES) = sum[v][j];
}

/* A block of columns stays in the first-level cache while all classes are visited. Their results
 * are written one after the other. */
TARGET static void NAME(rank_update)(const SCALAR *const *x, ptrdiff_t rows, const SCALAR *g,
                                     ptrdiff_t g_row, ptrdiff_t g_class, ptrdiff_t classes,
                                     ptrdiff_t columns, SCALAR *out, int adds,
                                     const char *const *ahead, ptrdiff_t ahead_size) {
  for (ptrdiff_t block = 0; block < columns; block += svm_block) {
    const ptrdiff_t width = columns - block < svm_block ? columns - block : svm_block;
    SCALAR *own = out + block * classes;
    for (ptrdiff_t first = 0; first < classes; first += 5, own += 5 * width) {
      ptrdiff_t d = 0;
#define TILE(n, k)                                                               \
  NAME(rank_tile)(x, rows, block + d, g + first * g_class, g_row, g_class,       \
                  own + d, width, adds, ahead,                                   \
                  (block + d) * ahead_size + (first == 5) * 128, n, k)
#define TILES(n)                                                                 \
  switch (classes - first) {                                                     \
  default: TILE(n, 5); break;                                                    \
  case 4: TILE(n, 4); break;                                                     \
  case 3: TILE(n, 3); break;                                                     \
  case 2: TILE(n, 2); break;                                                     \
  case 1: TILE(n, 1); break;                                                     \
  }
      for (; d + VECTORS * LANES <= width; d += VECTORS * LANES) { TILES(VECTORS) }
      for (; d < width; d += LANES) { TILES(1) }
#undef TILES
#undef TILE
    }
  }
}

/* Prepares one row of entries of type SOURCE, computing in WORK. */
#define PREPARE_ROW(SOURCE, WORK, mean, scale)                                               \
  {                                                                                          \
    typedef SOURCE raw __attribute__((vector_size(LANES * sizeof(SOURCE)),                   \
                                      aligned(sizeof(SOURCE))));                             \
    typedef WORK work __attribute__((vector_size(LANES * sizeof(WORK)), aligned(sizeof(WORK)))); \
    const SOURCE *row = (const SOURCE *)x[i];                                                \
    const SOURCE *later = (const SOURCE *)x[i + 2 < rows ? i + 2 : rows - 1];                 \
    ptrdiff_t d = 0;                                                                         \
    for (; d + LANES <= columns; d += LANES) {                                                    \
      __builtin_prefetch(later + d, 0, 3);                                                   \
      work value = __builtin_convertvector(*(const raw *)(row + d), work);                   \
      if (mean) value -= *(const work *)((mean) + d);                                        \
      if (scale) value *= *(const work *)((scale) + d);                                      \
      *(V *)(out + d) = __builtin_convertvector(value, V);                                   \
    }                                                                                        \
    for (; d < columns; d++) {                                                               \
      WORK value = (WORK)row[d];                                                             \
      if (mean) value -= (mean)[d];                                                          \
      if (scale) value *= (scale)[d];                                                        \
      out[d] = (SCALAR)value;                                                                \
    }                                                                                        \
  }

/* Row by row. The row after the next is prefetched, since the rows of a batch are scattered in
 * memory. */
TARGET static void NAME(prepare)(int source, const void *const *x, ptrdiff_t rows,
                                 ptrdiff_t columns, const double *mean, const double *scale,
                                 const SCALAR *own_mean, const SCALAR *own_scale, SCALAR *tile,
                                 ptrdiff_t padded) {
  for (ptrdiff_t i = 0; i < rows; i++) {
    SCALAR *out = tile + i * padded;
    switch (source) {
    case svm_from_bytes: PREPARE_ROW(uint8_t, SCALAR, own_mean, own_scale) break;
    case svm_from_single: PREPARE_ROW(float, SCALAR, own_mean, own_scale) break;
    default: PREPARE_ROW(double, double, mean, scale) break;
    }
    out[columns] = 1;
    for (ptrdiff_t d = columns + 1; d < padded; d++) out[d] = 0;
  }
}
#undef PREPARE_ROW
