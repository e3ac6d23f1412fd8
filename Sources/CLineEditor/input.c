// The terminal's bytes, made into characters and keys.

#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

enum {
  ESC = 0x1b,
  // More than any sequence of a known terminal; a longer one is noise.
  SEQUENCE_LIMIT = 32,
  INPUT_CAPACITY = 4096,
};

// What a wait for a byte can end with instead of one.
enum { NOTHING_YET = -1, FAILED = -2, AT_END = -3 };

static struct {
  unsigned char bytes[INPUT_CAPACITY];
  size_t start, end;
} input;

static struct {
  char *bytes;
  size_t count, capacity;
  bool is_too_large;
} paste;

static const struct {
  const char *sequence;
  wchar_t key;
} sequences[] = {
    {"[200~", EDITOR_KEY_PASTE},
    {"[A", EDITOR_KEY_UP}, {"OA", EDITOR_KEY_UP},
    {"[B", EDITOR_KEY_DOWN}, {"OB", EDITOR_KEY_DOWN},
    {"[C", EDITOR_KEY_RIGHT}, {"OC", EDITOR_KEY_RIGHT},
    {"[D", EDITOR_KEY_LEFT}, {"OD", EDITOR_KEY_LEFT},
    {"[H", EDITOR_KEY_HOME}, {"OH", EDITOR_KEY_HOME},
    {"[1~", EDITOR_KEY_HOME}, {"[7~", EDITOR_KEY_HOME},
    {"[F", EDITOR_KEY_END}, {"OF", EDITOR_KEY_END},
    {"[4~", EDITOR_KEY_END}, {"[8~", EDITOR_KEY_END},
    {"[3~", EDITOR_KEY_DELETE}, {"[P", EDITOR_KEY_DELETE},
    // rxvt has sequences of its own with Ctrl, and with Shift.
    {"[7^", EDITOR_KEY_TEXT_START}, {"[8^", EDITOR_KEY_TEXT_END},
    {"Oc", EDITOR_KEY_WORD_RIGHT}, {"Od", EDITOR_KEY_WORD_LEFT},
    {"[5C", EDITOR_KEY_WORD_RIGHT}, {"[5D", EDITOR_KEY_WORD_LEFT},
    {"Oa", EDITOR_KEY_UP}, {"Ob", EDITOR_KEY_DOWN},
    {"[a", EDITOR_KEY_UP}, {"[b", EDITOR_KEY_DOWN},
    {"[c", EDITOR_KEY_RIGHT}, {"[d", EDITOR_KEY_LEFT},
    {"[3^", EDITOR_KEY_DELETE_WORD},
};

void input_reset(void) { input.start = input.end = 0; }

void editor_discard_input(void) {
  tcflush(STDIN_FILENO, TCIFLUSH);
  input_reset();
}

// MARK: Bytes

static size_t available(void) { return input.end - input.start; }

/// Reacts to signals and wakes; false if the process shall end.
static bool handle_news(void) {
  struct signals_news news = signals_take_news();
  if (news.terminating != 0) {
    editor.terminating_signal = news.terminating;
    return false;
  }
  EditorCallbacks *callbacks = &editor.callbacks;
  if (news.stop_requested) callbacks->notify(callbacks->context, EditorEventSuspensionRequested);
  if (news.continued) callbacks->notify(callbacks->context, EditorEventContinued);
  if (news.resized) {
    el_resize(editor.line);
    callbacks->notify(callbacks->context, EditorEventResized);
  }
  if (news.woken) callbacks->notify(callbacks->context, EditorEventWoken);
  return true;
}

/// Waits until there are more bytes than now, and reads them. 0, or what stood in the way.
static int fill(int timeout_milliseconds) {
  // The signal that told it was the only one: nothing would end another wait.
  if (editor.terminating_signal != 0) return FAILED;
  if (input.start > 0) {
    memmove(input.bytes, input.bytes + input.start, available());
    input.end -= input.start;
    input.start = 0;
  }
  if (input.end == INPUT_CAPACITY) return FAILED;
  for (;;) {
    struct pollfd polled[2] = {
        {.fd = STDIN_FILENO, .events = POLLIN},
        {.fd = signals_descriptor(), .events = POLLIN},
    };
    int ready = poll(polled, 2, timeout_milliseconds);
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) return FAILED;
    if (ready == 0) return NOTHING_YET;
    if ((polled[1].revents & POLLIN) && !handle_news()) return FAILED;
    if (polled[0].revents == 0) continue;
    ssize_t count = read(STDIN_FILENO, input.bytes + input.end, INPUT_CAPACITY - input.end);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) return FAILED;
    if (count == 0) return AT_END;
    input.end += (size_t)count;
    return 0;
  }
}

/// The byte at an offset from the next one, unused as yet, or what stood in the way.
static int peek(size_t offset, int timeout_milliseconds) {
  while (available() <= offset) {
    int obstacle = fill(timeout_milliseconds);
    if (obstacle != 0) return obstacle;
  }
  return input.bytes[input.start + offset];
}

int editor_read_byte(void) {
  int byte = peek(0, -1);
  if (byte < 0) return -1;
  input.start++;
  return byte;
}

// MARK: Paste

static void append_to_paste(unsigned char byte) {
  if (paste.is_too_large) return;
  if (paste.count == editor.limits.paste_bytes) {
    paste.is_too_large = true;
    return;
  }
  if (paste.count == paste.capacity) {
    size_t capacity = paste.capacity == 0 ? INPUT_CAPACITY : paste.capacity * 2;
    char *bytes = realloc(paste.bytes, capacity);
    if (bytes == NULL) {
      paste.is_too_large = true;
      return;
    }
    paste.bytes = bytes;
    paste.capacity = capacity;
  }
  paste.bytes[paste.count++] = (char)byte;
}

/// Takes all bytes up to the end of the paste. False if the terminal went away meanwhile.
static bool collect_paste(void) {
  static const char terminator[] = "\033[201~";
  const size_t length = sizeof terminator - 1;
  size_t matched = 0;
  paste.count = 0;
  paste.is_too_large = false;
  for (;;) {
    int byte = peek(0, editor.limits.paste_stall_milliseconds);
    if (byte == NOTHING_YET) return true;
    if (byte < 0) return false;
    input.start++;
    if (byte == terminator[matched]) {
      if (++matched == length) return true;
      continue;
    }
    // Only ESC, the first byte, can begin the terminator anew.
    for (size_t i = 0; i < matched; i++) append_to_paste((unsigned char)terminator[i]);
    matched = byte == ESC ? 1 : 0;
    if (matched == 0) append_to_paste((unsigned char)byte);
  }
}

EditorText editor_pasted(bool *is_too_large) {
  *is_too_large = paste.is_too_large;
  return (EditorText){.bytes = paste.bytes, .count = paste.is_too_large ? 0 : paste.count};
}

void input_release_paste(void) {
  free(paste.bytes);
  memset(&paste, 0, sizeof paste);
}

// MARK: Keys

/// The length of the control sequence whose introducer is so many bytes behind the next one.
///
/// 0 if it is none or does not end in time.
static size_t control_sequence_length(size_t start) {
  int delay = editor.limits.escape_milliseconds;
  int introducer = peek(start, delay);
  if (introducer == 'O') return peek(start + 1, delay) >= 0 ? 2 : 0;
  if (introducer != '[') return 0;
  // The Linux console's function keys are the exception to the grammar: ESC [ [ A.
  if (peek(start + 1, delay) == '[') return peek(start + 2, delay) >= 0 ? 3 : 0;
  for (size_t length = 2; length < SEQUENCE_LIMIT; length++) {
    int byte = peek(start + length - 1, delay);
    if (byte < 0) return 0;
    if (byte >= 0x40 && byte <= 0x7e) return length;
    if (byte < 0x20 || byte > 0x3f) return 0;
  }
  return 0;
}

static wchar_t key_for(const unsigned char *sequence, size_t length) {
  for (size_t i = 0; i < sizeof sequences / sizeof sequences[0]; i++) {
    const char *known = sequences[i].sequence;
    if (strlen(known) == length && memcmp(known, sequence, length) == 0) return sequences[i].key;
  }
  return EDITOR_KEY_UNKNOWN;
}

/// What a key means with Ctrl or Alt: the same, by words or by the whole text.
static wchar_t key_with_control(wchar_t key) {
  switch (key) {
  case EDITOR_KEY_RIGHT: return EDITOR_KEY_WORD_RIGHT;
  case EDITOR_KEY_LEFT: return EDITOR_KEY_WORD_LEFT;
  case EDITOR_KEY_HOME: return EDITOR_KEY_TEXT_START;
  case EDITOR_KEY_END: return EDITOR_KEY_TEXT_END;
  case EDITOR_KEY_DELETE: return EDITOR_KEY_DELETE_WORD;
  default: return key;
  }
}

/// The key of a sequence that says in a second parameter which modifiers were held.
///
/// `[1;5C` is `[C` with Ctrl, and `[3;2~` is `[3~` with Shift.
///
/// Source: XTerm Control Sequences, "PC-Style Function Keys": the parameter is 1 plus 1 for Shift,
/// 2 for Alt, 4 for Ctrl and 8 for Meta.
static wchar_t key_with_modifiers(const unsigned char *sequence, size_t length) {
  enum { SHIFT = 1, LARGEST = 16 };
  // An introducer, a parameter of one digit, the modifiers in one digit or two, and the last byte.
  if ((length != 5 && length != 6) || sequence[0] != '[' || sequence[2] != ';') {
    return EDITOR_KEY_UNKNOWN;
  }
  int modifiers = 0;
  for (size_t i = 3; i < length - 1; i++) modifiers = modifiers * 10 + (sequence[i] - '0');
  if (modifiers < 1 || modifiers > LARGEST) return EDITOR_KEY_UNKNOWN;
  unsigned char last = sequence[length - 1];
  const unsigned char plain[3] = {'[', last == '~' ? sequence[1] : last, '~'};
  wchar_t key = key_for(plain, last == '~' ? 3 : 2);
  return (modifiers - 1) & ~SHIFT ? key_with_control(key) : key;
}

/// Reads the key that begins with the ESC which is next. False if the terminal went away.
static bool read_escape(wchar_t *character) {
  size_t length = control_sequence_length(1);
  const unsigned char *sequence = input.bytes + input.start + 1;
  wchar_t key = ESC;
  if (length > 0) {
    key = key_for(sequence, length);
    if (key == EDITOR_KEY_UNKNOWN) key = key_with_modifiers(sequence, length);
    // ESC O and a letter is also how vi's user leaves insert mode, opens a line and types.
    if (key == EDITOR_KEY_UNKNOWN && sequence[0] == 'O') {
      key = ESC;
      length = 0;
    }
  } else if (available() > 1 && sequence[0] == ESC) {
    // rxvt and others send Alt as an ESC before the key's own sequence.
    size_t inner = control_sequence_length(2);
    wchar_t held = inner == 0 ? EDITOR_KEY_UNKNOWN
        : key_for(input.bytes + input.start + 2, inner);
    if (held != EDITOR_KEY_UNKNOWN && held != EDITOR_KEY_PASTE) {
      key = key_with_control(held);
      length = 1 + inner;
    }
  }
  input.start += 1 + length;
  *character = key;
  return key == EDITOR_KEY_PASTE ? collect_paste() : true;
}

/// Reads a character of several bytes; 1, or 0 if they are not UTF-8 or a control code.
static int read_multibyte(wchar_t *character) {
  for (size_t length = 1; length <= 4; length++) {
    int byte = peek(length - 1, -1);
    if (byte < 0) return byte;
    mbstate_t state = {0};
    size_t result = mbrtowc(character, (char *)input.bytes + input.start, length, &state);
    if (result == (size_t)-2) continue;
    bool is_valid = result != (size_t)-1;
    input.start += is_valid ? length : 1;
    return is_valid && *character >= 0xa0;
  }
  input.start++;
  return 0;
}

/// Whether the text is long enough to be spoilt when libedit leaves it for the history, or is spoilt.
static bool needs_care(EditLine *line) {
  const LineInfoW *text = el_wline(line);
  size_t scalars = (size_t)(text->lastchar - text->buffer);
  return scalars >= editor.limits.long_scalars || wmemchr(text->buffer, 0, scalars) != NULL;
}

int input_read_character(EditLine *line, wchar_t *character) {
  EditorCallbacks *callbacks = &editor.callbacks;
  // What was typed ahead is not drawn one by one, but a text that libedit may spoil is looked at
  // before each key.
  if ((available() == 0 || needs_care(line)) && callbacks->look(callbacks->context)) {
    *character = EDITOR_KEY_REFRESH;
    return 1;
  }
  if (available() == 0) {
    callbacks->will_wait(callbacks->context);
    int byte = peek(0, -1);
    callbacks->did_wait(callbacks->context);
    if (byte < 0) return byte == AT_END ? 0 : -1;
  }
  for (;;) {
    int byte = peek(0, -1);
    if (byte == ESC) return read_escape(character) ? 1 : -1;
    if (byte >= 0x80) {
      byte = read_multibyte(character);
      if (byte == 0) continue;
      if (byte == 1) return 1;
    }
    if (byte == AT_END) return 0;
    if (byte < 0) return -1;
    input.start++;
    *character = byte;
    return 1;
  }
}
