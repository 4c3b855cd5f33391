#include "CPictures.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

typedef struct {
  struct jpeg_error_mgr base;
  jmp_buf place;
  char *reason;
  int (*stops)(void);
} manager;

static void fail(j_common_ptr picture) {
  manager *errors = (manager *)picture->err;
  char words[JMSG_LENGTH_MAX];
  picture->err->format_message(picture, words);
  snprintf(errors->reason, svm_picture_reason, "%s", words);
  longjmp(errors->place, 1);
}

/* Warnings that pixels are made up are failures. */
static void look(j_common_ptr picture, int level) {
  int code = picture->err->msg_code;
  if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER)) {
    snprintf(((manager *)picture->err)->reason, svm_picture_reason, "the file ends in the middle");
    longjmp(((manager *)picture->err)->place, 1);
  }
}

/* Called for each row of blocks, and in each scan of a progressive picture. */
static void pause(j_common_ptr picture) {
  manager *errors = (manager *)picture->err;
  if (!errors->stops()) return;
  snprintf(errors->reason, svm_picture_reason, "stopped");
  longjmp(errors->place, 1);
}

int svm_decode_jpeg(const uint8_t *bytes, size_t count, size_t height, size_t width, int channels,
                    uint8_t *pixels, int (*stops)(void), char *reason) {
  struct jpeg_decompress_struct picture;
  manager errors;
  memset(&picture, 0, sizeof picture);
  picture.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = fail;
  errors.base.emit_message = look;
  errors.reason = reason;
  errors.stops = stops;
  struct jpeg_progress_mgr progress = {.progress_monitor = pause};
  if (setjmp(errors.place)) {
    jpeg_destroy_decompress(&picture);
    return 0;
  }
  jpeg_create_decompress(&picture);
  picture.progress = &progress;
  jpeg_mem_src(&picture, bytes, count);
  jpeg_read_header(&picture, TRUE);
  if (picture.image_height != height || picture.image_width != width) {
    snprintf(reason, svm_picture_reason, "the picture has another size than its header");
    longjmp(errors.place, 1);
  }
  picture.out_color_space = channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
  jpeg_start_decompress(&picture);
  while (picture.output_scanline < height) {
    JSAMPROW row = pixels + picture.output_scanline * width * (size_t)channels;
    jpeg_read_scanlines(&picture, &row, 1);
  }
  jpeg_finish_decompress(&picture);
  jpeg_destroy_decompress(&picture);
  return 1;
}
