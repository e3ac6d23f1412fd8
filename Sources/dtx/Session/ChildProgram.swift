import Glibc

/// Another program that has the terminal for a while, such as an editor.
enum ChildProgram {
  /// Runs a line of the shell with an argument behind it, and waits for its end.
  ///
  /// Ctrl-C is the program's alone meanwhile. Input, where there is any, becomes its standard input;
  /// what it does not read is lost, as a pager's reader wants it.
  ///
  /// - Returns: The exit status, or 128 and the signal's number, as shells have it.
  static func run(
    _ line: String,
    argument: String? = nil,
    input: [UInt8]? = nil
  ) throws(CommandFailure) -> Int32 {
    let interrupting = signal(SIGINT, SIG_IGN)
    let quitting = signal(SIGQUIT, SIG_IGN)
    // A broken pipe stays ignored, because a connection that the provider has closed must not end
    // the session.
    signal(SIGPIPE, SIG_IGN)
    defer {
      signal(SIGINT, interrupting)
      signal(SIGQUIT, quitting)
    }
    var pipeEnds: [CInt] = [-1, -1]
    if input != nil {
      // Sound: the array has room for the two descriptors.
      guard unsafe pipe(&pipeEnds) == 0 else {
        throw .cannotRun(line, StandardStreams.reason(errno))
      }
      // With the end for writing open in the child as well, its input would never end.
      for end in pipeEnds { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }
    var arguments = ["/bin/sh", "-c", line + (argument == nil ? "" : #" "$1""#), "sh"]
    if let argument { arguments.append(argument) }
    let child = spawn(arguments, standardInput: input == nil ? nil : pipeEnds[0])
    if let input {
      close(pipeEnds[0])
      if child != nil { StandardStreams.write(input, to: pipeEnds[1]) }
      close(pipeEnds[1])
    }
    guard let child else { throw .cannotRun(line, StandardStreams.reason(errno)) }
    return wait(for: child)
  }

  private static func spawn(_ arguments: [String], standardInput: CInt?) -> pid_t? {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    if let standardInput {
      unsafe posix_spawn_file_actions_adddup2(&actions, standardInput, STDIN_FILENO)
    }
    // What this program ignores for the moment, the other must not.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGQUIT, SIGPIPE] { unsafe sigaddset(&signals, number) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    // Sound: every string and the list of them live until the call has returned.
    let strings = unsafe arguments.map { unsafe strdup($0) } + [nil]
    defer { unsafe strings.forEach { unsafe free($0) } }
    var child: pid_t = 0
    let failure = unsafe posix_spawn(&child, arguments[0], &actions, &attributes, strings, environ)
    guard failure == 0 else {
      errno = failure
      return nil
    }
    return child
  }

  private static func wait(for child: pid_t) -> Int32 {
    var status: CInt = 0
    while unsafe waitpid(child, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }
}
