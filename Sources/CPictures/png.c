#include "CPictures.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The bytes that are left. */
typedef struct {
  const uint8_t *next;
  size_t left;
  int (*stops)(void);
} source;

static void take(png_structp png, png_bytep target, size_t count) {
  source *from = png_get_io_ptr(png);
  if (from->stops()) png_error(png, "stopped");
  if (count > from->left) png_error(png, "the file ends in the middle");
  memcpy(target, from->next, count);
  from->next += count;
  from->left -= count;
}

static void fail(png_structp png, png_const_charp words) {
  snprintf(png_get_error_ptr(png), svm_picture_reason, "%s", words);
  png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp words) {
  (void)png;
  (void)words;
}

int svm_decode_png(const uint8_t *bytes, size_t count, size_t height, size_t width, int channels,
                   uint8_t *pixels, int (*stops)(void), char *reason) {
  source from = {bytes, count, stops};
  snprintf(reason, svm_picture_reason, "there is no memory");
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, reason, fail, ignore);
  if (!png) return 0;
  png_infop info = png_create_info_struct(png);
  png_bytep *volatile rows = info ? malloc(height * sizeof(png_bytep)) : NULL;
  if (!rows || setjmp(png_jmpbuf(png))) {
    free((void *)rows);
    png_destroy_read_struct(&png, &info, NULL);
    return 0;
  }
  png_set_read_fn(png, &from, take);
  /* Texts, profiles and the like are skipped. */
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_read_info(png, info);
  if (png_get_image_height(png, info) != height || png_get_image_width(png, info) != width)
    png_error(png, "the picture has another size than its header");
  int color = png_get_color_type(png, info);
  if (color == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
  if (color == PNG_COLOR_TYPE_GRAY) png_set_expand_gray_1_2_4_to_8(png);
  png_set_strip_16(png);
  png_set_strip_alpha(png);
  if (channels == 3 && !(color & PNG_COLOR_MASK_COLOR)) png_set_gray_to_rgb(png);
  png_set_interlace_handling(png);
  png_read_update_info(png, info);
  if (png_get_rowbytes(png, info) != width * (size_t)channels)
    png_error(png, "the picture has other channels than its header");
  for (size_t y = 0; y < height; y++) rows[y] = pixels + y * width * (size_t)channels;
  png_read_image(png, rows);
  png_read_end(png, NULL);
  free((void *)rows);
  png_destroy_read_struct(&png, &info, NULL);
  return 1;
}

/* The bytes that are written, in memory that grows. */
typedef struct {
  uint8_t *bytes;
  size_t count, room;
} target;

static void put(png_structp png, png_bytep bytes, size_t count) {
  target *to = png_get_io_ptr(png);
  if (count > to->room - to->count) {
    size_t room = 2 * to->room + count;
    uint8_t *larger = realloc(to->bytes, room);
    if (!larger) png_error(png, "there is no memory");
    to->bytes = larger;
    to->room = room;
  }
  memcpy(to->bytes + to->count, bytes, count);
  to->count += count;
}

static void flush(png_structp png) { (void)png; }

int svm_encode_png(const uint8_t *pixels, size_t height, size_t width, int channels,
                   uint8_t **bytes, size_t *count) {
  char reason[svm_picture_reason];
  target to = {NULL, 0, 0};
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, reason, fail, ignore);
  if (!png) return 0;
  png_infop info = png_create_info_struct(png);
  if (!info || setjmp(png_jmpbuf(png))) {
    free(to.bytes);
    png_destroy_write_struct(&png, &info);
    return 0;
  }
  png_set_write_fn(png, &to, put, flush);
  png_set_IHDR(png, info, (png_uint_32)width, (png_uint_32)height, 8,
               channels == 4 ? PNG_COLOR_TYPE_RGBA : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_compression_level(png, 9);
  png_write_info(png, info);
  for (size_t y = 0; y < height; y++) png_write_row(png, pixels + y * width * (size_t)channels);
  png_write_end(png, NULL);
  png_destroy_write_struct(&png, &info);
  *bytes = to.bytes;
  *count = to.count;
  return 1;
}
