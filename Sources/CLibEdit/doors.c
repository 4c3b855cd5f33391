#define _GNU_SOURCE
#include "CLibEdit.h"

EditLine *editline_open(const char *program) {
  EditLine *editor = el_init(program, stdin, stdout, stderr);
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

void editline_set_prompt(EditLine *editor, editline_prompt prompt, wchar_t escape) {
  el_wset(editor, EL_PROMPT_ESC, prompt, escape);
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

void editline_redraw(EditLine *editor) { el_wset(editor, EL_REFRESH); }

void editline_flush(void) { fflush(stdout); }

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

int editline_width(wchar_t character) { return wcwidth(character); }
