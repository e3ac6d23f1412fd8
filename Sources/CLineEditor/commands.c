// Names for the caller's commands, under which libedit can bind them to keys.

#include "internal.h"

// libedit tells a command which key was pressed, not which command it is: one function each.
#define COMMANDS(X)                                                                    \
  X(Complete, "dtx-complete", "Complete the word before the cursor")                   \
  X(Enter, "dtx-enter", "Accept the text, or add a line while it is incomplete")       \
  X(Interrupt, "dtx-interrupt", "Drop the text")                                       \
  X(Suspend, "dtx-suspend", "Stop the program until it is continued")                  \
  X(Paste, "dtx-paste", "Insert a bracketed paste")                                    \
  X(PreviousLine, "dtx-previous-line", "Move up a line, or to the previous history")   \
  X(NextLine, "dtx-next-line", "Move down a line, or to the next history")             \
  X(LineStart, "dtx-line-start", "Move to the start of the line")                      \
  X(LineEnd, "dtx-line-end", "Move to the end of the line")                            \
  X(EditExternally, "dtx-edit-externally", "Edit the text in another program")         \
  X(Undo, "dtx-undo", "Take back the last change")                                     \
  X(ToggleRemark, "dtx-toggle-remark", "Make the text a remark, or a remark a text")     \
  X(Refresh, "dtx-refresh", "Draw what has changed")                                   \
  X(Refuse, "dtx-refuse", "Ring the bell")

#define DEFINE(name, label, help)                                                      \
  static unsigned char perform##name(EditLine *line, int character) {                  \
    (void)character;                                                                   \
    void *context = NULL;                                                              \
    if (el_get(line, EL_CLIENTDATA, &context) != 0 || context == NULL) return CC_ERROR; \
    return (unsigned char)editor.callbacks.perform(context, EditorCommand##name);      \
  }

COMMANDS(DEFINE)

// The labels are literals because libedit may keep the pointers.
#define ADD(name, label, help) el_set(line, EL_ADDFN, label, help, perform##name);

void commands_add(EditLine *line) { COMMANDS(ADD) }

_Static_assert(EditorReactionNone == CC_NORM, "libedit's value");
_Static_assert(EditorReactionRedraw == CC_REFRESH, "libedit's value");
_Static_assert(EditorReactionMoveCursor == CC_CURSOR, "libedit's value");
_Static_assert(EditorReactionBell == CC_ERROR, "libedit's value");
