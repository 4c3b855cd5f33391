#define _GNU_SOURCE
#include "CLibEdit.h"

#include <string.h>
#include <unistd.h>

/* What libedit would show is thrown away, but for the bell. */
static ssize_t show_nothing(void *cookie, const char *text, size_t count) {
  (void)cookie;
  if (memchr(text, '\a', count) && write(1, "\a", 1) < 0) return -1;
  return (ssize_t)count;
}

EditLine *editline_open(const char *program) {
  FILE *nowhere = fopencookie(NULL, "w", (cookie_io_functions_t){.write = show_nothing});
  if (!nowhere) return NULL;
  EditLine *editor = el_init_fd(program, stdin, nowhere, nowhere, 0, 1, 2);
  if (editor) el_wset(editor, EL_SIGNAL, 0);
  return editor;
}

void editline_set_client(EditLine *editor, void *client) {
  el_wset(editor, EL_CLIENTDATA, client);
}

void *editline_client(EditLine *editor) {
  void *client = NULL;
  el_wget(editor, EL_CLIENTDATA, &client);
  return client;
}

void editline_set_reader(EditLine *editor, el_rfunc_t reader) {
  el_wset(editor, EL_GETCFN, reader);
}

void editline_use_emacs_keys(EditLine *editor) { el_wset(editor, EL_EDITOR, L"emacs"); }

bool editline_uses_vi_keys(EditLine *editor) {
  const wchar_t *name = NULL;
  return el_wget(editor, EL_EDITOR, &name) == 0 && name && wcscmp(name, L"vi") == 0;
}

void editline_add_function(
    EditLine *editor, const wchar_t *name, const wchar_t *help, editline_function function) {
  el_wset(editor, EL_ADDFN, name, help, function);
}

void editline_bind(EditLine *editor, const wchar_t *keys, const wchar_t *name) {
  el_wset(editor, EL_BIND, keys, name, NULL);
}

void editline_bind_alternative(EditLine *editor, const wchar_t *keys, const wchar_t *name) {
  el_wset(editor, EL_BIND, L"-a", keys, name, NULL);
}

void editline_prepare_terminal(EditLine *editor, bool editing) {
  el_wset(editor, EL_PREP_TERM, (int)editing);
}

void editline_stay_quiet(EditLine *editor) {
  el_wset(editor, EL_SETTY, L"-x", L"-echo", L"-icanon", L"-ixon", NULL);
  el_wset(editor, EL_SETTY, L"-d", L"-ixon", NULL);
}

HistoryW *editline_history_open(EditLine *editor, int size) {
  HistEventW event;
  HistoryW *history = history_winit();
  if (!history) return NULL;
  history_w(history, &event, H_SETSIZE, size);
  el_wset(editor, EL_HIST, history_w, history);
  return history;
}

void editline_history_enter(HistoryW *history, const wchar_t *entry) {
  HistEventW event;
  history_w(history, &event, H_ENTER, entry);
}
