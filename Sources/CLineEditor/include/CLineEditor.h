/// Line editing with libedit, for a caller that cannot call its variadic functions.
///
/// There is one editor in a process: libedit's converters and the signal dispositions are shared by
/// all of it. Every function is for the thread that opened the editor, except `editor_wake`.
/// Nothing here decides what a key means; the caller's `perform` does.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

#define EDITOR_CLOSED_ENUM __attribute__((enum_extensibility(closed)))

/// What a key asks the caller to do. The names under which .editrc can bind these are in commands.c.
typedef enum EDITOR_CLOSED_ENUM EditorCommand {
  EditorCommandComplete,
  EditorCommandEnter,
  EditorCommandInterrupt,
  EditorCommandSuspend,
  EditorCommandPaste,
  EditorCommandPreviousLine,
  EditorCommandNextLine,
  EditorCommandLineStart,
  EditorCommandLineEnd,
  EditorCommandEditExternally,
  EditorCommandUndo,
  EditorCommandToggleRemark,
  EditorCommandRefresh,
  EditorCommandRefuse,
} EditorCommand;

/// How the screen must follow what a command did; the values are libedit's own.
typedef enum EDITOR_CLOSED_ENUM EditorReaction {
  EditorReactionNone = 0,
  EditorReactionRedraw = 4,
  EditorReactionMoveCursor = 5,
  EditorReactionBell = 6,
} EditorReaction;

/// News for the caller that is no key.
typedef enum EDITOR_CLOSED_ENUM EditorEvent {
  /// `editor_wake` was called.
  EditorEventWoken,
  /// The window has another size, which libedit has taken over already.
  EditorEventResized,
  /// Somebody sent SIGTSTP.
  EditorEventSuspensionRequested,
  /// The process runs again after a stop.
  EditorEventContinued,
} EditorEvent;

/// Keys as libedit's maps know them: a terminal's escape sequences, decoded.
///
/// They are C1 control codes, which nobody types and which fit libedit's maps of 256 entries, so
/// that ESC stays a key of its own, as vi's map needs.
enum {
  EDITOR_KEY_PASTE = 0x80,
  EDITOR_KEY_UP,
  EDITOR_KEY_DOWN,
  EDITOR_KEY_RIGHT,
  EDITOR_KEY_LEFT,
  EDITOR_KEY_HOME,
  EDITOR_KEY_END,
  EDITOR_KEY_TEXT_START,
  EDITOR_KEY_TEXT_END,
  EDITOR_KEY_DELETE,
  EDITOR_KEY_WORD_RIGHT,
  EDITOR_KEY_WORD_LEFT,
  EDITOR_KEY_DELETE_WORD,
  /// A whole escape sequence that means nothing here.
  EDITOR_KEY_UNKNOWN,
  /// Made by the editor itself: draw the changed parts of the line.
  EDITOR_KEY_REFRESH,
  /// Made by the editor itself: end the line and return it.
  EDITOR_KEY_ACCEPT,
};

/// The caller's functions, each called with `context` on the editor's thread.
typedef struct EditorCallbacks {
  void *context;
  EditorReaction (*perform)(void *context, EditorCommand command);
  void (*notify)(void *context, EditorEvent event);
  /// Called before a key is read, if none is there yet or the text is long or damaged; true sends
  /// `EDITOR_KEY_REFRESH` instead.
  bool (*look)(void *context);
  /// Called before the editor waits for the terminal.
  void (*will_wait)(void *context);
  /// Called when the terminal has sent something, before libedit learns of it.
  void (*did_wait)(void *context);
} EditorCallbacks;

/// Sizes and times, which the caller chooses.
typedef struct EditorLimits {
  /// How long an ESC may stand alone before it is the key ESC.
  int escape_milliseconds;
  /// How long a paste may stall before its end is given up.
  int paste_stall_milliseconds;
  size_t paste_bytes;
  int history_entries;
  /// Scalars from which on a text is long.
  size_t long_scalars;
} EditorLimits;

/// A view of UTF-8 that lives until the next call of any function below.
typedef struct EditorText {
  const char *_Nullable bytes;
  size_t count;
  /// Bytes before the cursor, where there is one.
  size_t cursor;
  /// Scalars of the line being edited.
  size_t scalars;
  /// libedit saves only 1024 scalars of a line when it leaves it for the history; on its return the
  /// rest is NUL, and `bytes` are good up to the first NUL only.
  bool is_damaged;
} EditorText;

// MARK: The process and its terminal (terminal.c)

typedef enum EDITOR_CLOSED_ENUM EditorLocale {
  EditorLocaleUTF8,
  /// The user's locale is not UTF-8; the character type is now that of C.UTF-8.
  EditorLocaleReplaced,
  EditorLocaleUnavailable,
} EditorLocale;

/// Sets LC_CTYPE, and nothing else, to a UTF-8 locale.
EditorLocale editor_set_locale(void);
/// True if standard input and standard output are a terminal.
bool editor_has_terminal(void);
/// Columns that the scalar takes on the screen, or -1 if it cannot be printed.
int editor_width(uint32_t scalar);
/// Writes to the stdout that libedit writes to, and flushes it.
void editor_write(const char *bytes, size_t count);
/// Makes the editor's thread send `EditorEventWoken`. For any thread.
void editor_wake(void);

// MARK: The editor (editor.c)

/// True while there is an editor in this process.
bool editor_is_open(void);
/// Opens the editor; false if there is one already or libedit refuses.
bool editor_open(const char *program, EditorCallbacks callbacks, EditorLimits limits);
void editor_close(void);
/// Reads $EDITRC or ~/.editrc. `bind -v` and `bind -e` there reset every key; `edit off` has no
/// effect.
void editor_source_settings(void);
/// Binds a key, in libedit's notation, to a command by name in the main or the alternative map.
bool editor_bind(const char *key, const char *command, bool in_alternative_map);
/// Binds one of the codes above in both maps.
bool editor_bind_code(int code, const char *command);
/// A string of the terminal's description, such as "up", or NULL if it lacks that.
const char *_Nullable editor_capability(const char *name);
/// The size libedit draws for.
int editor_columns(void);
int editor_rows(void);

/// Sets the prompts, in which \1 encloses what takes no columns.
void editor_set_prompt(const char *text);
void editor_set_right_prompt(const char *text);

typedef enum EDITOR_CLOSED_ENUM EditorReading {
  EditorReadingLine,
  EditorReadingEnd,
} EditorReading;

/// Reads a line with its newline. A signal that ends the process does so from here, with the
/// terminal as it was.
EditorReading editor_read_line(EditorText *line, bool bracketed_paste);

EditorText editor_text(void);
/// Inserts at the cursor; false if there is no memory for it.
bool editor_insert(const char *text);
/// Deletes scalars before the cursor.
void editor_delete_before(int scalars);
/// Moves the cursor by scalars, as far as the text goes.
void editor_move_cursor(int scalars);
/// Has the code read as the next key.
void editor_press(int code);
/// Draws prompt and text anew from where the terminal's cursor stands, in column 0.
void editor_redraw(void);
void editor_bell(void);
/// What the last `EditorCommandPaste` brought; `*is_too_large` says that there was more than allowed.
EditorText editor_pasted(bool *is_too_large);

/// Gives the terminal back to the user's shell or to a program, and takes it again.
void editor_leave_terminal(void);
void editor_enter_terminal(void);
/// Stops the process group as the terminal's own Ctrl-Z would.
void editor_stop(void);

// MARK: Input outside of a line (input.c, terminal.c)

/// One byte from the terminal, 0...255, or -1 if none will come.
int editor_read_byte(void);
/// Forgets what was typed ahead.
void editor_discard_input(void);

typedef enum EDITOR_CLOSED_ENUM EditorAnswer {
  EditorAnswerLine,
  EditorAnswerInterrupted,
  EditorAnswerEnd,
} EditorAnswer;

/// Discards what was typed ahead, asks, and reads a line with the terminal's own editing.
EditorAnswer editor_ask(const char *question, char *buffer, size_t capacity, size_t *count);

// MARK: History

void editor_history_clear(void);
void editor_history_enter(const char *text);

#pragma clang assume_nonnull end
