// Signals, made into bytes of a pipe that the reader polls beside the terminal.

#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <unistd.h>

// Signal numbers start at 1, so 0 is free to mean a wake.
enum { WAKE = 0 };

static const int terminating[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
enum { TERMINATING_COUNT = sizeof terminating / sizeof terminating[0] };

static int news_pipe[2] = {-1, -1};
// Set while a wake lies in the pipe: many wakes must not fill it and so keep a signal out.
static atomic_bool wake_is_pending;
static struct sigaction previous[NSIG];
static bool is_caught[NSIG];

static void handle(int signal_number) {
  int saved = errno;
  unsigned char byte = (unsigned char)signal_number;
  ssize_t written = write(news_pipe[1], &byte, 1);
  (void)written;
  errno = saved;
}

bool signals_prepare(void) {
  // The pipe lives as long as the process, since another thread may wake at any time.
  if (news_pipe[0] >= 0) return true;
  return pipe2(news_pipe, O_CLOEXEC | O_NONBLOCK) == 0;
}

int signals_descriptor(void) { return news_pipe[0]; }

void editor_wake(void) {
  if (news_pipe[1] < 0 || atomic_exchange(&wake_is_pending, true)) return;
  unsigned char byte = WAKE;
  ssize_t written = write(news_pipe[1], &byte, 1);
  (void)written;
}

static void catch_signal(int signal_number) {
  if (is_caught[signal_number]) return;
  if (sigaction(signal_number, NULL, &previous[signal_number]) != 0) return;
  // A signal that is ignored, as by nohup, stays so; ignored is not what SIGWINCH's default is.
  bool is_ignored = (previous[signal_number].sa_flags & SA_SIGINFO) == 0
      && previous[signal_number].sa_handler == SIG_IGN;
  if (is_ignored) return;
  struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  is_caught[signal_number] = sigaction(signal_number, &action, NULL) == 0;
}

static void restore_signal(int signal_number) {
  if (!is_caught[signal_number]) return;
  sigaction(signal_number, &previous[signal_number], NULL);
  is_caught[signal_number] = false;
}

void signals_catch(enum signals_purpose purpose) {
  for (int i = 0; i < TERMINATING_COUNT; i++) catch_signal(terminating[i]);
  catch_signal(SIGWINCH);
  catch_signal(SIGCONT);
  if (purpose == SIGNALS_EDITING) catch_signal(SIGTSTP);
}

void signals_restore(void) {
  for (int number = 1; number < NSIG; number++) restore_signal(number);
}

struct signals_news signals_take_news(void) {
  struct signals_news news = {0};
  // Cleared first: a wake that comes while the pipe is read writes a byte of its own.
  atomic_store(&wake_is_pending, false);
  unsigned char bytes[64];
  ssize_t count;
  while ((count = read(news_pipe[0], bytes, sizeof bytes)) > 0) {
    for (ssize_t i = 0; i < count; i++) {
      switch (bytes[i]) {
      case WAKE: news.woken = true; break;
      case SIGWINCH: news.resized = true; break;
      case SIGTSTP: news.stop_requested = true; break;
      case SIGCONT: news.continued = true; break;
      default: news.terminating = bytes[i]; break;
      }
    }
  }
  return news;
}

void signals_end_process(int signal_number) {
  signals_restore();
  // The editor may run on a thread that blocks signals, and there the signal would only be pending.
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal_number);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  raise(signal_number);
}
