#include "CCairo.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* What cairo.h and fontconfig.h declare, of what is used here. */
typedef struct cairo cairo_t;
typedef struct surface cairo_surface_t;
typedef struct pattern cairo_pattern_t;
typedef struct options cairo_font_options_t;
typedef struct {
  double x_bearing, y_bearing, width, height, x_advance, y_advance;
} cairo_text_extents_t;
typedef struct fc_pattern FcPattern;
typedef struct fc_char_set FcCharSet;
enum { format_argb = 0, format_rgb = 1 };
enum { cap_butt = 0, cap_round = 1, join_miter = 0, join_round = 1 };
enum { filter_good = 1, filter_nearest = 3, extend_pad = 3, antialias_gray = 2, hint_none = 1 };
enum { metrics_off = 1, slant_normal = 0, match_pattern = 0, result_match = 0 };

#define CAIRO(F)                                                                                   \
  F(cairo_surface_t *, cairo_image_surface_create, (int format, int width, int height))            \
  F(cairo_surface_t *, cairo_image_surface_create_for_data,                                        \
    (uint8_t * data, int format, int width, int height, int stride))                               \
  F(uint8_t *, cairo_image_surface_get_data, (cairo_surface_t *))                                  \
  F(int, cairo_image_surface_get_stride, (cairo_surface_t *))                                      \
  F(void, cairo_surface_flush, (cairo_surface_t *))                                                \
  F(void, cairo_surface_destroy, (cairo_surface_t *))                                              \
  F(int, cairo_surface_status, (cairo_surface_t *))                                                \
  F(cairo_t *, cairo_create, (cairo_surface_t *))                                                  \
  F(void, cairo_destroy, (cairo_t *))                                                              \
  F(int, cairo_status, (cairo_t *))                                                                \
  F(void, cairo_save, (cairo_t *))                                                                 \
  F(void, cairo_restore, (cairo_t *))                                                              \
  F(void, cairo_translate, (cairo_t *, double x, double y))                                        \
  F(void, cairo_scale, (cairo_t *, double x, double y))                                            \
  F(void, cairo_rotate, (cairo_t *, double angle))                                                 \
  F(void, cairo_set_source_rgba, (cairo_t *, double, double, double, double))                      \
  F(void, cairo_set_source_surface, (cairo_t *, cairo_surface_t *, double x, double y))            \
  F(cairo_pattern_t *, cairo_get_source, (cairo_t *))                                              \
  F(void, cairo_pattern_set_filter, (cairo_pattern_t *, int))                                      \
  F(void, cairo_pattern_set_extend, (cairo_pattern_t *, int))                                      \
  F(void, cairo_paint, (cairo_t *))                                                                \
  F(void, cairo_new_path, (cairo_t *))                                                             \
  F(void, cairo_new_sub_path, (cairo_t *))                                                         \
  F(void, cairo_move_to, (cairo_t *, double x, double y))                                          \
  F(void, cairo_line_to, (cairo_t *, double x, double y))                                          \
  F(void, cairo_close_path, (cairo_t *))                                                           \
  F(void, cairo_arc, (cairo_t *, double x, double y, double radius, double from, double to))       \
  F(void, cairo_rectangle, (cairo_t *, double x, double y, double width, double height))           \
  F(void, cairo_fill, (cairo_t *))                                                                 \
  F(void, cairo_stroke, (cairo_t *))                                                               \
  F(void, cairo_set_line_width, (cairo_t *, double))                                               \
  F(void, cairo_set_line_cap, (cairo_t *, int))                                                    \
  F(void, cairo_set_line_join, (cairo_t *, int))                                                   \
  F(void, cairo_set_dash, (cairo_t *, const double *, int count, double offset))                   \
  F(cairo_font_options_t *, cairo_font_options_create, (void))                                     \
  F(void, cairo_font_options_destroy, (cairo_font_options_t *))                                    \
  F(void, cairo_font_options_set_antialias, (cairo_font_options_t *, int))                         \
  F(void, cairo_font_options_set_hint_style, (cairo_font_options_t *, int))                        \
  F(void, cairo_font_options_set_hint_metrics, (cairo_font_options_t *, int))                      \
  F(void, cairo_set_font_options, (cairo_t *, const cairo_font_options_t *))                       \
  F(void, cairo_select_font_face, (cairo_t *, const char *family, int slant, int weight))          \
  F(void, cairo_set_font_size, (cairo_t *, double))                                                \
  F(void, cairo_text_extents, (cairo_t *, const char *, cairo_text_extents_t *))                   \
  F(void, cairo_show_text, (cairo_t *, const char *))

#define FONTCONFIG(F)                                                                              \
  F(FcPattern *, FcPatternCreate, (void))                                                          \
  F(void, FcPatternDestroy, (FcPattern *))                                                         \
  F(int, FcPatternAddString, (FcPattern *, const char *object, const uint8_t *))                   \
  F(int, FcPatternAddCharSet, (FcPattern *, const char *object, const FcCharSet *))                \
  F(int, FcPatternGetString, (FcPattern *, const char *object, int n, uint8_t **))                 \
  F(FcCharSet *, FcCharSetCreate, (void))                                                          \
  F(void, FcCharSetDestroy, (FcCharSet *))                                                         \
  F(int, FcCharSetAddChar, (FcCharSet *, uint32_t))                                                \
  F(int, FcConfigSubstitute, (void *config, FcPattern *, int kind))                                \
  F(void, FcDefaultSubstitute, (FcPattern *))                                                      \
  F(FcPattern *, FcFontMatch, (void *config, FcPattern *, int *result))

#define DECLARE(result, name, parameters) static result(*name) parameters;
CAIRO(DECLARE)
FONTCONFIG(DECLARE)

static int is_there;

static void load(void) {
  void *library = dlopen("libcairo.so.2", RTLD_NOW | RTLD_LOCAL);
  void *fonts = dlopen("libfontconfig.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!library || !fonts) return;
#define OPEN(result, name, parameters)                                                             \
  name = (result(*) parameters)dlsym(library, #name);                                              \
  if (!name) return;
  CAIRO(OPEN)
  library = fonts;
  FONTCONFIG(OPEN)
  is_there = 1;
}

int svm_cairo_is_there(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return is_there;
}

struct svm_canvas {
  cairo_surface_t *surface;
  cairo_t *cairo;
};

svm_canvas *svm_canvas_create(int width, int height) {
  svm_canvas *canvas = malloc(sizeof *canvas);
  if (!canvas) return NULL;
  canvas->surface = cairo_image_surface_create(format_rgb, width, height);
  canvas->cairo = cairo_create(canvas->surface);
  cairo_font_options_t *options = cairo_font_options_create();
  cairo_font_options_set_antialias(options, antialias_gray);
  cairo_font_options_set_hint_style(options, hint_none);
  cairo_font_options_set_hint_metrics(options, metrics_off);
  cairo_set_font_options(canvas->cairo, options);
  cairo_font_options_destroy(options);
  return canvas;
}

void svm_canvas_destroy(svm_canvas *canvas) {
  cairo_destroy(canvas->cairo);
  cairo_surface_destroy(canvas->surface);
  free(canvas);
}

const uint32_t *svm_canvas_pixels(svm_canvas *canvas, int *stride) {
  if (cairo_status(canvas->cairo) || cairo_surface_status(canvas->surface)) return NULL;
  cairo_surface_flush(canvas->surface);
  *stride = cairo_image_surface_get_stride(canvas->surface) / 4;
  return (const uint32_t *)cairo_image_surface_get_data(canvas->surface);
}

void svm_canvas_set_color(svm_canvas *canvas, double red, double green, double blue,
                          double opacity) {
  cairo_set_source_rgba(canvas->cairo, red, green, blue, opacity);
}

void svm_canvas_paint(svm_canvas *canvas) { cairo_paint(canvas->cairo); }

void svm_canvas_move(svm_canvas *canvas, double x, double y) { cairo_move_to(canvas->cairo, x, y); }

void svm_canvas_line(svm_canvas *canvas, double x, double y) { cairo_line_to(canvas->cairo, x, y); }

void svm_canvas_close(svm_canvas *canvas) { cairo_close_path(canvas->cairo); }

void svm_canvas_circle(svm_canvas *canvas, double x, double y, double radius) {
  cairo_new_sub_path(canvas->cairo);
  cairo_arc(canvas->cairo, x, y, radius, 0, 6.283185307179586);
  cairo_close_path(canvas->cairo);
}

void svm_canvas_rectangle(svm_canvas *canvas, double x, double y, double width, double height) {
  cairo_rectangle(canvas->cairo, x, y, width, height);
}

void svm_canvas_fill(svm_canvas *canvas) { cairo_fill(canvas->cairo); }

void svm_canvas_stroke(svm_canvas *canvas, double width, int is_rounded, const double *dashes,
                       int dash_count) {
  cairo_set_line_width(canvas->cairo, width);
  cairo_set_line_cap(canvas->cairo, is_rounded ? cap_round : cap_butt);
  cairo_set_line_join(canvas->cairo, is_rounded ? join_round : join_miter);
  cairo_set_dash(canvas->cairo, dashes, dash_count, 0);
  cairo_stroke(canvas->cairo);
}

void svm_canvas_image(svm_canvas *canvas, const uint32_t *pixels, int width, int height, double x,
                      double y, double wide, double tall, int is_smooth) {
  // cairo only reads them.
  cairo_surface_t *image = cairo_image_surface_create_for_data(
    (uint8_t *)pixels, format_argb, width, height, 4 * width);
  cairo_save(canvas->cairo);
  cairo_translate(canvas->cairo, x, y);
  cairo_rectangle(canvas->cairo, 0, 0, wide, tall);
  cairo_scale(canvas->cairo, wide / width, tall / height);
  cairo_set_source_surface(canvas->cairo, image, 0, 0);
  cairo_pattern_t *pattern = cairo_get_source(canvas->cairo);
  cairo_pattern_set_filter(pattern, is_smooth ? filter_good : filter_nearest);
  cairo_pattern_set_extend(pattern, extend_pad);
  cairo_fill(canvas->cairo);
  cairo_restore(canvas->cairo);
  cairo_surface_destroy(image);
}

void svm_canvas_scale(svm_canvas *canvas, double factor) {
  cairo_scale(canvas->cairo, factor, factor);
}

void svm_font_covering(const uint32_t *characters, size_t count, char *family, size_t room) {
  if (room == 0) return;
  family[0] = 0;
  FcCharSet *set = FcCharSetCreate();
  for (size_t i = 0; i < count; i++) FcCharSetAddChar(set, characters[i]);
  FcPattern *wanted = FcPatternCreate();
  FcPatternAddString(wanted, "family", (const uint8_t *)"sans-serif");
  FcPatternAddCharSet(wanted, "charset", set);
  FcConfigSubstitute(NULL, wanted, match_pattern);
  FcDefaultSubstitute(wanted);
  int result;
  FcPattern *found = FcFontMatch(NULL, wanted, &result);
  uint8_t *name;
  if (found && FcPatternGetString(found, "family", 0, &name) == result_match) {
    strncat(family, (const char *)name, room - 1);
  }
  if (found) FcPatternDestroy(found);
  FcPatternDestroy(wanted);
  FcCharSetDestroy(set);
}

void svm_canvas_set_font(svm_canvas *canvas, const char *family, double size, int is_bold) {
  cairo_select_font_face(canvas->cairo, family, slant_normal, is_bold);
  cairo_set_font_size(canvas->cairo, size);
}

double svm_canvas_text_width(svm_canvas *canvas, const char *text) {
  cairo_text_extents_t extents;
  cairo_text_extents(canvas->cairo, text, &extents);
  return extents.x_advance;
}

void svm_canvas_text(svm_canvas *canvas, const char *text, double x, double y, int is_upright) {
  cairo_save(canvas->cairo);
  cairo_translate(canvas->cairo, x, y);
  if (is_upright) cairo_rotate(canvas->cairo, -1.5707963267948966);
  cairo_move_to(canvas->cairo, 0, 0);
  cairo_show_text(canvas->cairo, text);
  cairo_new_path(canvas->cairo);
  cairo_restore(canvas->cairo);
}
