/* Functions around the variadic ones of libedit; see README.md. Only the wide interface is used. */
#pragma once

#include <histedit.h>
#include <stdbool.h>

typedef unsigned char (*editline_function)(EditLine *, wint_t);

/* An editor on the standard streams that leaves all signals alone. It has keys and the text, and
 * shows nothing: that is for whoever reads the keys for it. NULL: there is no memory. */
EditLine *editline_open(const char *program);

/* The pointer that callbacks get with `editline_client`; libedit does not own it. */
void editline_set_client(EditLine *, void *client);
void *editline_client(EditLine *);

/* Where keys come from: 1 and a character, 0 at the end of input, -1 for an error. */
void editline_set_reader(EditLine *, el_rfunc_t);

/* Emacs keys, until ~/.editrc is read. */
void editline_use_emacs_keys(EditLine *);
/* True where ~/.editrc has chosen vi's keys. */
bool editline_uses_vi_keys(EditLine *);

/* Makes a function that keys can be bound to. libedit keeps both pointers; the texts must outlive
 * the editor. */
void editline_add_function(
    EditLine *, const wchar_t *name, const wchar_t *help, editline_function);

/* Binds keys in the main map, or in the alternative one, vi's command mode. */
void editline_bind(EditLine *, const wchar_t *keys, const wchar_t *name);
void editline_bind_alternative(EditLine *, const wchar_t *keys, const wchar_t *name);

/* Sets the terminal up for editing, or restores it. */
void editline_prepare_terminal(EditLine *, bool editing);

/* Turns off echo and line buffering between entries, as during editing, and flow control always, so
 * that Ctrl-S is an ordinary key. */
void editline_stay_quiet(EditLine *);

/* A history in memory, which the editor's own search looks through. */
HistoryW *editline_history_open(EditLine *, int size);
void editline_history_enter(HistoryW *, const wchar_t *entry);
