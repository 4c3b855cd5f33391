/* Decoders of PNG and JPEG, and an encoder of PNG; see README.md. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Room for the reason of a failure. */
enum { svm_picture_reason = 200 };

/* Decodes the `count` bytes of a picture of height × width pixels to `pixels`, which has room for
 * height·width·channels bytes: rows of pixels of 1 (gray) or 3 (red, green, blue) channels. Gray
 * pictures can have 3, and others have 1 never. Of 16 bits, the upper 8 are taken; transparency is
 * ignored. It ends early where `stops` returns 1, which is asked every few milliseconds.
 *
 * Returns 1, or 0 with the reason. */
int svm_decode_png(const uint8_t *bytes, size_t count, size_t height, size_t width, int channels,
                   uint8_t *pixels, int (*stops)(void), char *reason);
int svm_decode_jpeg(const uint8_t *bytes, size_t count, size_t height, size_t width, int channels,
                    uint8_t *pixels, int (*stops)(void), char *reason);

/* Encodes a picture of height × width pixels of 3 (red, green, blue) or 4 channels (and opacity,
 * not multiplied into the others) as PNG. The `count` bytes at `bytes` are the caller's to free.
 *
 * Returns 1, or 0 where there is no memory or no pixel. */
int svm_encode_png(const uint8_t *pixels, size_t height, size_t width, int channels,
                   uint8_t **bytes, size_t *count);
