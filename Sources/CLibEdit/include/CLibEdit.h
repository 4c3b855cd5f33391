/* Non-variadic doors onto libedit; see README.md. The wide interface throughout, never mixed. */
#pragma once

#include <histedit.h>
#include <stdbool.h>

typedef unsigned char (*editline_function)(EditLine *, wint_t);

/* An editor on the standard streams that leaves all signals alone. It has keys and the text, and
 * shows nothing: that is for whoever reads the keys for it. NULL: there is no memory. */
EditLine *editline_open(const char *program);

/* What the callbacks find again with `editline_client`. */
void editline_set_client(EditLine *, void *client);
void *editline_client(EditLine *);

/* Where keys come from: 1 and a character, 0 at the end of input, -1 for an error. */
void editline_set_reader(EditLine *, el_rfunc_t);

/* Emacs keys, to begin with. */
void editline_use_emacs_keys(EditLine *);
/* True where the user's ~/.editrc has asked for vi's. */
bool editline_uses_vi_keys(EditLine *);

/* Makes a function that keys can be bound to. libedit keeps both texts: they must live on. */
void editline_add_function(
    EditLine *, const wchar_t *name, const wchar_t *help, editline_function);

/* Binds keys in the main map, or in the other one (vi's command mode). */
void editline_bind(EditLine *, const wchar_t *keys, const wchar_t *name);
void editline_bind_alternative(EditLine *, const wchar_t *keys, const wchar_t *name);

/* Takes the terminal for editing, or gives it back. */
void editline_prepare_terminal(EditLine *, bool editing);

/* Between entries, too, nothing that is typed is echoed or held back until a line end; and Ctrl-S
 * is a key like others, which does not stop the screen. */
void editline_stay_quiet(EditLine *);

/* A history in memory, which the editor's own search looks through. */
HistoryW *editline_history_open(EditLine *, int size);
void editline_history_enter(HistoryW *, const wchar_t *entry);
