// libedit's operations, one function with fixed arguments for each.

#define _GNU_SOURCE
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

struct editor editor;

// Encloses what takes no columns in a prompt.
enum { PROMPT_LITERAL = 1 };

static char *prompt(EditLine *line) {
  (void)line;
  return editor.prompt;
}

static char *right_prompt(EditLine *line) {
  (void)line;
  return editor.right_prompt;
}

bool editor_is_open(void) { return editor.line != NULL; }

bool editor_open(const char *program, EditorCallbacks callbacks, EditorLimits limits) {
  if (editor.line != NULL || !signals_prepare()) return false;
  editor.callbacks = callbacks;
  editor.limits = limits;
  editor.prompt = strdup("");
  editor.right_prompt = strdup("");
  editor.history = history_init();
  editor.line = el_init(program, stdin, stdout, stderr);
  if (!editor.prompt || !editor.right_prompt || !editor.history || !editor.line) {
    editor_close();
    return false;
  }
  HistEvent event;
  history(editor.history, &event, H_SETSIZE, limits.history_entries);
  history(editor.history, &event, H_SETUNIQUE, 1);
  EditLine *line = editor.line;
  el_set(line, EL_CLIENTDATA, callbacks.context);
  el_set(line, EL_HIST, history, editor.history);
  el_set(line, EL_EDITOR, "emacs");
  // libedit's own handler would send a signal on to the whole process group.
  el_set(line, EL_SIGNAL, 0);
  el_set(line, EL_PROMPT_ESC, prompt, PROMPT_LITERAL);
  el_set(line, EL_RPROMPT_ESC, right_prompt, PROMPT_LITERAL);
  // Ctrl-C, Ctrl-Z, Ctrl-S and Ctrl-Q are keys while a line is edited.
  // libedit also has the terminal swap CR and LF, which would turn the CR LF of a paste around.
  static const char *const modes[] = {"-isig", "-ixon", "-icrnl", "-inlcr"};
  for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
    el_set(line, EL_SETTY, "-d", modes[i], NULL);
    el_set(line, EL_SETTY, "-q", modes[i], NULL);
  }
  el_set(line, EL_GETCFN, input_read_character);
  commands_add(line);
  return true;
}

void editor_close(void) {
  if (editor.line != NULL) el_end(editor.line);
  if (editor.history != NULL) history_end(editor.history);
  free(editor.prompt);
  free(editor.right_prompt);
  memset(&editor, 0, sizeof editor);
  input_release_paste();
  input_reset();
  signals_restore();
}

void editor_source_settings(void) {
  el_source(editor.line, NULL);
  // Neither `edit off` nor TERM=emacs may take the keys away: Ctrl-C would be a signal again, and a
  // line would end wherever a newline comes.
  el_set(editor.line, EL_EDITMODE, 1);
}

// MARK: Keys

bool editor_bind(const char *key, const char *command, bool in_alternative_map) {
  if (in_alternative_map) return el_set(editor.line, EL_BIND, "-a", key, command, NULL) == 0;
  return el_set(editor.line, EL_BIND, key, command, NULL) == 0;
}

bool editor_bind_code(int code, const char *command) {
  char key[8];
  snprintf(key, sizeof key, "\\%03o", (unsigned)code & 0xff);
  return editor_bind(key, command, false) && editor_bind(key, command, true);
}

void editor_press(int code) {
  // The codes are two bytes of UTF-8: 110xxxxx 10xxxxxx.
  char bytes[3] = {(char)(0xc0 | code >> 6), (char)(0x80 | (code & 0x3f)), 0};
  el_push(editor.line, bytes);
}

// MARK: Terminal

const char *editor_capability(const char *name) {
  char *value = NULL;
  if (el_get(editor.line, EL_GETTC, name, &value) != 0) return NULL;
  return value != NULL && *value != 0 ? value : NULL;
}

static int number(const char *name, int fallback) {
  int value = 0;
  return el_get(editor.line, EL_GETTC, name, &value) == 0 && value > 0 ? value : fallback;
}

int editor_columns(void) { return number("co", 80); }
int editor_rows(void) { return number("li", 24); }

static void switch_bracketed_paste(bool on) {
  if (!editor.pastes_in_brackets) return;
  const char *sequence = on ? "\033[?2004h" : "\033[?2004l";
  editor_write(sequence, strlen(sequence));
}

void editor_leave_terminal(void) {
  switch_bracketed_paste(false);
  el_set(editor.line, EL_PREP_TERM, 0);
  signals_restore();
}

void editor_enter_terminal(void) {
  signals_catch(SIGNALS_EDITING);
  // libedit sets the modes only if it believes them to be others, so it must believe that.
  el_set(editor.line, EL_PREP_TERM, 0);
  el_set(editor.line, EL_PREP_TERM, 1);
  el_resize(editor.line);
  switch_bracketed_paste(true);
}

void editor_stop(void) {
  editor_leave_terminal();
  kill(0, SIGTSTP);
  editor_enter_terminal();
}

// MARK: Line

static void set_string(char **place, const char *text) {
  char *copy = strdup(text);
  if (copy == NULL) return;
  free(*place);
  *place = copy;
}

void editor_set_prompt(const char *text) { set_string(&editor.prompt, text); }
void editor_set_right_prompt(const char *text) { set_string(&editor.right_prompt, text); }

void editor_end_process(void) {
  editor_write("\n", 1);
  // Only el_end gives the terminal back exactly as it was.
  el_end(editor.line);
  editor.line = NULL;
  signals_end_process(editor.terminating_signal);
}

EditorReading editor_read_line(EditorText *line, bool bracketed_paste) {
  if (editor.line == NULL) return EditorReadingEnd;
  editor.terminating_signal = 0;
  editor.pastes_in_brackets = bracketed_paste;
  signals_catch(SIGNALS_EDITING);
  // el_gets would draw the prompt first, and the terminal would echo what is typed until the modes
  // change.
  el_set(editor.line, EL_PREP_TERM, 1);
  switch_bracketed_paste(true);
  int count = 0;
  const char *bytes = el_gets(editor.line, &count);
  switch_bracketed_paste(false);
  if (editor.terminating_signal != 0) {
    editor_end_process();
    return EditorReadingEnd;
  }
  signals_restore();
  // The count decides: the bytes of a line that ends otherwise need not end in NUL.
  if (bytes == NULL || count <= 0) return EditorReadingEnd;
  *line = (EditorText){.bytes = bytes, .count = (size_t)count};
  return EditorReadingLine;
}

EditorText editor_text(void) {
  const LineInfoW *wide = el_wline(editor.line);
  size_t scalars = (size_t)(wide->lastchar - wide->buffer);
  bool is_damaged = wmemchr(wide->buffer, 0, scalars) != NULL;
  const LineInfo *info = el_line(editor.line);
  return (EditorText){
      .bytes = info->buffer,
      .count = (size_t)(info->lastchar - info->buffer),
      .cursor = (size_t)(info->cursor - info->buffer),
      .scalars = scalars,
      .is_damaged = is_damaged,
  };
}

bool editor_insert(const char *text) { return el_insertstr(editor.line, text) == 0; }
void editor_delete_before(int scalars) { el_deletestr(editor.line, scalars); }
void editor_move_cursor(int scalars) { el_cursor(editor.line, scalars); }
void editor_redraw(void) { el_set(editor.line, EL_REFRESH); }

void editor_bell(void) {
  el_beep(editor.line);
  fflush(stdout);
}

// MARK: History

void editor_history_clear(void) {
  HistEvent event;
  history(editor.history, &event, H_CLEAR);
}

void editor_history_enter(const char *text) {
  HistEvent event;
  history(editor.history, &event, H_ENTER, text);
}
