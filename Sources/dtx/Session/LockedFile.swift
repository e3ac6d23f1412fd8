import Glibc

/// A private file that no other session uses while this value lives.
struct LockedFile: ~Copyable {
  enum Access {
    case reading, appending

    fileprivate var flags: CInt {
      switch self {
      case .reading: O_RDONLY
      case .appending: O_RDWR | O_CREAT | O_APPEND
      }
    }

    fileprivate func failure(_ path: String, _ reason: String) -> CommandFailure {
      switch self {
      case .reading: .cannotRead(path, reason)
      case .appending: .cannotWrite(path, reason)
      }
    }
  }

  private let path: String
  private let descriptor: CInt
  private let access: Access

  /// Opens the file and waits until it is free.
  init(_ path: String, for access: Access) throws(CommandFailure) {
    self = try Self.opened(path, access, flock: LOCK_EX)
  }

  /// Opens the file; nil where another process has it locked.
  static func ifFree(_ path: String) throws(CommandFailure) -> LockedFile? {
    do throws(CommandFailure) {
      return try opened(path, .appending, flock: LOCK_EX | LOCK_NB)
    } catch {
      guard errno == EWOULDBLOCK else { throw error }
      return nil
    }
  }

  private init(path: String, descriptor: CInt, access: Access) {
    self.path = path
    self.descriptor = descriptor
    self.access = access
  }

  deinit { close(descriptor) }

  /// Opens and locks the file that has the name once it is locked.
  ///
  /// While one waits, another session may have set the file aside.
  private static func opened(
    _ path: String,
    _ access: Access,
    flock operation: CInt
  ) throws(CommandFailure) -> LockedFile {
    while true {
      let descriptor = unsafe open(path, access.flags | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw access.failure(path, StandardStreams.reason(errno)) }
      let file = LockedFile(path: path, descriptor: descriptor, access: access)
      while flock(descriptor, operation) != 0 {
        guard errno == EINTR else { throw access.failure(path, StandardStreams.reason(errno)) }
      }
      var (locked, named) = (stat(), stat())
      if unsafe fstat(descriptor, &locked) == 0, unsafe stat(path, &named) == 0,
        locked.st_ino == named.st_ino, locked.st_dev == named.st_dev
      {
        return file
      }
    }
  }
}

extension LockedFile {
  /// How many bytes the file has.
  func size() throws(CommandFailure) -> Int {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw access.failure(path, StandardStreams.reason(errno))
    }
    return Int(status.st_size)
  }

  /// Reads the end of the file, at most so many bytes of it.
  func read(last limit: Int = .max) throws(CommandFailure) -> [UInt8] {
    let size = try size()
    var offset = max(0, size - limit)
    var bytes = [UInt8](repeating: 0, count: size - offset)
    var filled = 0
    while filled < bytes.count {
      let count = unsafe bytes.withUnsafeMutableBytes { buffer in
        // Sound: what is read fits into what is left of the buffer.
        unsafe pread(
          descriptor,
          buffer.baseAddress?.advanced(by: filled),
          buffer.count - filled,
          offset
        )
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw access.failure(path, StandardStreams.reason(errno)) }
      // Somebody who does not lock may have cut the file meanwhile.
      if count == 0 { break }
      filled += count
      offset += count
    }
    return Array(bytes[..<filled])
  }

  /// Adds bytes at the end: all of them or none.
  func append(_ bytes: [UInt8]) throws(CommandFailure) {
    let size = try size()
    guard fchmod(descriptor, 0o600) == 0, StandardStreams.write(bytes, to: descriptor) else {
      let reason = StandardStreams.reason(errno)
      // A part of a record would spoil the one that comes after it.
      _ = ftruncate(descriptor, off_t(size))
      throw access.failure(path, reason)
    }
  }

  /// Keeps the first bytes of the file and forgets the rest.
  func truncate(to size: Int) throws(CommandFailure) {
    guard ftruncate(descriptor, off_t(size)) == 0 else {
      throw access.failure(path, StandardStreams.reason(errno))
    }
  }
}
