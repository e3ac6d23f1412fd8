/// What the files of this target share.

#pragma once

#include "CLineEditor.h"

#include <histedit.h>
#include <signal.h>

/// The one editor of the process.
struct editor {
  EditLine *line;
  History *history;
  EditorCallbacks callbacks;
  EditorLimits limits;
  char *prompt;
  char *right_prompt;
  bool pastes_in_brackets;
  /// The signal that shall end the process once the terminal is restored, or 0.
  int terminating_signal;
};

extern struct editor editor;

// MARK: editor.c

/// Restores the terminal for good and lets the signal do what it did before the editor.
void editor_end_process(void);

// MARK: input.c

/// libedit's character source.
int input_read_character(EditLine *line, wchar_t *character);
/// Drops bytes that were read but not used.
void input_reset(void);
/// Releases the last paste.
void input_release_paste(void);

// MARK: commands.c

void commands_add(EditLine *line);

// MARK: signals.c

enum signals_purpose {
  /// While libedit edits: all signals.
  SIGNALS_EDITING,
  /// While an answer is read: SIGTSTP stops the process as ever.
  SIGNALS_ANSWERING,
};

/// Makes the pipe that signals and `editor_wake` write to; false if that fails.
bool signals_prepare(void);
void signals_catch(enum signals_purpose purpose);
void signals_restore(void);
/// The descriptor to poll for news.
int signals_descriptor(void);

/// What has happened since the last look.
struct signals_news {
  bool woken, resized, stop_requested, continued;
  /// The signal that wants the process to end, or 0.
  int terminating;
};

struct signals_news signals_take_news(void);
/// Sends the signal to this thread, with the disposition it had before the editor.
void signals_end_process(int signal_number);
