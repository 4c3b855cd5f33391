#include "CCommonMark.h"

#include <cmark-gfm-extension_api.h>
#include <pthread.h>
#include <stdlib.h>

static int is_blank(unsigned char c) { return c == ' ' || c == '\t' || c == '\n' || c == 0; }

// The character at the place of the parser, which goes on; 0 at the end.
static unsigned char next(cmark_inline_parser *parser) {
  if (cmark_inline_parser_is_eof(parser)) return 0;
  unsigned char c = cmark_inline_parser_peek_char(parser);
  cmark_inline_parser_advance_offset(parser);
  return c;
}

static unsigned char peek(cmark_inline_parser *parser) {
  return cmark_inline_parser_is_eof(parser) ? 0 : cmark_inline_parser_peek_char(parser);
}

// Goes past `$…$` or `$$…$$`; 0 where there is none. As in pandoc, the first `$` touches what
// follows and the last one what precedes it, and no digit follows: `$5 and $10` is money. A
// backquote is of no formula, but of code that may hold the other `$`.
static int skip_formula(cmark_inline_parser *parser) {
  next(parser);
  int is_display = peek(parser) == '$';
  if (is_display) next(parser);
  unsigned char before = '$';
  if (!is_display && is_blank(peek(parser))) return 0;
  int is_empty = 1;
  for (;;) {
    unsigned char c = next(parser);
    if (c == 0 || c == '`') return 0;
    if (c == '\\') {
      next(parser);
      is_empty = 0;
    } else if (c == '$') {
      if (is_empty) return 0;
      if (is_display) return next(parser) == '$';
      unsigned char after = peek(parser);
      return !is_blank(before) && after != '$' && !(after >= '0' && after <= '9');
    } else if (!is_blank(c)) {
      is_empty = 0;
    }
    before = c;
  }
}

static cmark_node *match(
  cmark_syntax_extension *extension, cmark_parser *parser, cmark_node *parent,
  unsigned char character, cmark_inline_parser *input
) {
  (void)extension, (void)parser, (void)parent, (void)character;
  int start = cmark_inline_parser_get_offset(input);
  // The second `$` of a `$$` that no formula begins with.
  int is_second = start > 0 && cmark_inline_parser_peek_at(input, start - 1) == '$';
  if (is_second || !skip_formula(input)) {
    cmark_inline_parser_set_offset(input, start);
    return NULL;
  }
  int length = cmark_inline_parser_get_offset(input) - start;
  char *text = malloc((size_t)length + 1);
  cmark_node *node = text ? cmark_node_new(CMARK_NODE_HTML_INLINE) : NULL;
  if (node) {
    for (int i = 0; i < length; i++) text[i] = (char)cmark_inline_parser_peek_at(input, start + i);
    text[length] = 0;
    cmark_node_set_literal(node, text);
  } else {
    cmark_inline_parser_set_offset(input, start);
  }
  free(text);
  return node;
}

static cmark_syntax_extension *formulas;

static void prepare(void) {
  cmark_gfm_core_extensions_ensure_registered();
  formulas = cmark_syntax_extension_new("formulas");
  cmark_syntax_extension_set_match_inline_func(formulas, match);
  cmark_mem *memory = cmark_get_default_mem_allocator();
  cmark_llist *signs = cmark_llist_append(memory, NULL, (void *)(size_t)'$');
  cmark_syntax_extension_set_special_inline_chars(formulas, signs);
}

cmark_node *svm_markdown(const char *text, size_t length) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  // The parser keeps the characters of its extensions in one table for the process.
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  pthread_once(&once, prepare);
  pthread_mutex_lock(&lock);
  cmark_parser *parser =
    cmark_parser_new(CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE);
  cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
  cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("strikethrough"));
  cmark_parser_attach_syntax_extension(parser, formulas);
  cmark_parser_feed(parser, text, length);
  cmark_node *root = cmark_parser_finish(parser);
  cmark_parser_free(parser);
  pthread_mutex_unlock(&lock);
  return root;
}
