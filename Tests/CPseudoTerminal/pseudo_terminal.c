#define _GNU_SOURCE
#include "CPseudoTerminal.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int pseudo_terminal_open(char *path, size_t capacity) {
  int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0) return -1;
  if (grantpt(terminal) == 0 && unlockpt(terminal) == 0
      && ptsname_r(terminal, path, capacity) == 0
      && fcntl(terminal, F_SETFL, O_NONBLOCK) == 0) {
    return terminal;
  }
  close(terminal);
  return -1;
}

int pseudo_terminal_resize(int terminal, int rows, int columns) {
  struct winsize size = {
      .ws_row = (unsigned short)rows,
      .ws_col = (unsigned short)columns,
  };
  return ioctl(terminal, TIOCSWINSZ, &size);
}

int pseudo_terminal_spawn(
    pid_t *process, const char *path, const char *executable, char *const *arguments,
    char *const *environment) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  // A session leader's first open of a terminal makes it the session's own.
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, path, O_RDWR, 0);
  posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);

  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  short flags = POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
  posix_spawnattr_setflags(&attributes, flags);

  int error = posix_spawn(process, executable, &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

int pseudo_terminal_wait(pid_t process, int timeout_milliseconds) {
  // The descriptor of a process can be read from once it has ended.
  int descriptor = (int)syscall(SYS_pidfd_open, process, 0);
  if (descriptor < 0) return -1;
  struct pollfd polled = {.fd = descriptor, .events = POLLIN};
  int ready = poll(&polled, 1, timeout_milliseconds);
  close(descriptor);
  return ready;
}
