/* Pictures of pixels by cairo; see README.md. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* A picture that is being drawn. */
typedef struct svm_canvas svm_canvas;

/* 1 where the libraries are there, else 0. No other function may be called before it returned 1. */
int svm_cairo_is_there(void);

/* A picture without a color. NULL where there is no memory. */
svm_canvas *svm_canvas_create(int width, int height);
void svm_canvas_destroy(svm_canvas *canvas);

/* The rows of pixels, 0x00RRGGBB each; `stride` pixels from row to row. NULL where drawing has
 * failed. */
const uint32_t *svm_canvas_pixels(svm_canvas *canvas, int *stride);

/* The color of all that comes after it, each part from 0 to 1. */
void svm_canvas_set_color(svm_canvas *canvas, double red, double green, double blue,
                          double opacity);
/* Makes all that comes after it larger. */
void svm_canvas_scale(svm_canvas *canvas, double factor);
/* Fills all of the picture. */
void svm_canvas_paint(svm_canvas *canvas);

/* A path is made of these, and ends with fill or stroke. */
void svm_canvas_move(svm_canvas *canvas, double x, double y);
void svm_canvas_line(svm_canvas *canvas, double x, double y);
void svm_canvas_close(svm_canvas *canvas);
void svm_canvas_circle(svm_canvas *canvas, double x, double y, double radius);
void svm_canvas_rectangle(svm_canvas *canvas, double x, double y, double width, double height);
void svm_canvas_fill(svm_canvas *canvas);
/* Rounded lines have round ends and corners. */
void svm_canvas_stroke(svm_canvas *canvas, double width, int is_rounded, const double *dashes,
                       int dash_count);

/* Draws pixels, 0xFFRRGGBB each, or 0 for a transparent one, stretched over a rectangle; as
 * squares, or smoothly. */
void svm_canvas_image(svm_canvas *canvas, const uint32_t *pixels, int width, int height, double x,
                      double y, double wide, double tall, int is_smooth);

/* Writes the name of a font with all of these characters to `family`, or with most of them. */
void svm_font_covering(const uint32_t *characters, size_t count, char *family, size_t room);
/* The font of texts that come after it. */
void svm_canvas_set_font(svm_canvas *canvas, const char *family, double size, int is_bold);
/* The width of a text of UTF-8. */
double svm_canvas_text_width(svm_canvas *canvas, const char *text);
/* Draws a text from a place on, to the right or, where it is turned, upwards. */
void svm_canvas_text(svm_canvas *canvas, const char *text, double x, double y, int is_upright);
