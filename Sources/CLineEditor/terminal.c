// The terminal apart from libedit: locale, widths, output, and an answer to a question.

#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

enum { CONTROL_C = 3 };

static bool is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

EditorLocale editor_set_locale(void) {
  // Only the character type: numbers and messages stay those of the C locale.
  if (setlocale(LC_CTYPE, "") != NULL && is_utf8()) return EditorLocaleUTF8;
  if (setlocale(LC_CTYPE, "C.UTF-8") != NULL && is_utf8()) return EditorLocaleReplaced;
  return EditorLocaleUnavailable;
}

bool editor_has_terminal(void) { return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO); }

int editor_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

void editor_write(const char *bytes, size_t count) {
  fwrite(bytes, 1, count, stdout);
  fflush(stdout);
}

// MARK: An answer

/// The terminal's own line editing, but Ctrl-C ends the line rather than sending a signal.
static struct termios answering_modes(const struct termios *saved) {
  struct termios modes = *saved;
  modes.c_iflag |= ICRNL | IUTF8;
  modes.c_iflag &= ~(tcflag_t)(INLCR | IGNCR);
  modes.c_oflag |= OPOST | ONLCR;
  modes.c_lflag |= ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | IEXTEN | ISIG;
  modes.c_cc[VINTR] = _POSIX_VDISABLE;
  modes.c_cc[VQUIT] = _POSIX_VDISABLE;
  modes.c_cc[VEOL] = CONTROL_C;
  return modes;
}

/// Waits for a line; false if the process shall end. Shows the question again after a stop.
static bool wait_for_answer(const char *question, const struct termios *modes) {
  for (;;) {
    struct pollfd polled[2] = {
        {.fd = STDIN_FILENO, .events = POLLIN},
        {.fd = signals_descriptor(), .events = POLLIN},
    };
    if (poll(polled, 2, -1) < 0) {
      if (errno == EINTR) continue;
      return true;
    }
    if (polled[1].revents & POLLIN) {
      struct signals_news news = signals_take_news();
      if (news.terminating != 0) {
        editor.terminating_signal = news.terminating;
        return false;
      }
      if (news.continued) {
        tcsetattr(STDIN_FILENO, TCSADRAIN, modes);
        editor_write(question, strlen(question));
      }
    }
    if (polled[0].revents != 0) return true;
  }
}

/// Reads up to a newline, a Ctrl-C or the end; false if the process shall end.
static bool read_answer(
    const char *question, const struct termios *modes, char *buffer, size_t capacity,
    size_t *count, EditorAnswer *answer) {
  *count = 0;
  while (*count < capacity) {
    if (!wait_for_answer(question, modes)) return false;
    ssize_t received = read(STDIN_FILENO, buffer + *count, capacity - *count);
    if (received < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (received <= 0) {
      *answer = EditorAnswerEnd;
      return true;
    }
    *count += (size_t)received;
    char last = buffer[*count - 1];
    if (last == '\n' || last == CONTROL_C) {
      *count -= 1;
      *answer = last == '\n' ? EditorAnswerLine : EditorAnswerInterrupted;
      return true;
    }
  }
  // Longer than the terminal's own limit: nobody typed that.
  *answer = EditorAnswerInterrupted;
  return true;
}

EditorAnswer editor_ask(const char *question, char *buffer, size_t capacity, size_t *count) {
  *count = 0;
  struct termios saved;
  if (editor.line == NULL || tcgetattr(STDIN_FILENO, &saved) != 0) return EditorAnswerEnd;
  struct termios modes = answering_modes(&saved);
  editor.terminating_signal = 0;
  signals_catch(SIGNALS_ANSWERING);
  tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
  editor_discard_input();
  editor_write(question, strlen(question));
  EditorAnswer answer = EditorAnswerEnd;
  bool goes_on = read_answer(question, &modes, buffer, capacity, count, &answer);
  tcsetattr(STDIN_FILENO, TCSADRAIN, &saved);
  if (!goes_on) {
    editor_end_process();
    return EditorAnswerEnd;
  }
  signals_restore();
  if (answer != EditorAnswerLine) editor_write("\n", 1);
  return answer;
}
