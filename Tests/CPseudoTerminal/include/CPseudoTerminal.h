/// A terminal and a program on it: calls of POSIX that Swift's view of the C library lacks.

#pragma once

#include <stddef.h>
#include <sys/types.h>

#pragma clang assume_nonnull begin

/// Opens a terminal and writes the path of its other end. A descriptor, or -1 with errno set.
int pseudo_terminal_open(char *path, size_t capacity);

/// Sets the size; the program's session gets SIGWINCH. 0, or -1 with errno set.
int pseudo_terminal_resize(int terminal, int rows, int columns);

/// Starts a program as the leader of a new session whose terminal is the one at the path, with no
/// other descriptors and no signal blocked or ignored. 0, or the error's number.
int pseudo_terminal_spawn(
    pid_t *process, const char *path, const char *executable,
    char *_Nullable const *_Nonnull arguments, char *_Nullable const *_Nonnull environment);

/// Waits for the end of a child; 1 if it has ended, 0 if the time was too short, -1 on failure.
int pseudo_terminal_wait(pid_t process, int timeout_milliseconds);

#pragma clang assume_nonnull end
