#ifndef SVM_COMMON_MARK_H
#define SVM_COMMON_MARK_H

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stddef.h>

/// The tree of a text in Markdown, to be freed by `cmark_node_free`; NULL where memory is short.
///
/// A formula is a node of raw HTML whose text begins with `$`, which no raw HTML does: cells of
/// tables take no other kind of node. Its text is as in the source, signs included.
cmark_node *svm_markdown(const char *text, size_t length);

#endif
