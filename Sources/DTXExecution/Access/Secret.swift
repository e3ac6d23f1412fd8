/// A credential: it can be used, and it is never shown.
///
/// Whatever prints it (an error message, a dump in a debugger, a log) shows `<redacted>`. The text
/// is asked for by name, in the few places where a request is signed with it.
package struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The text itself, for the request that must carry it.
  package let exposed: String

  package init(_ text: String) { exposed = text }

  package var description: String { "<redacted>" }
  package var debugDescription: String { "<redacted>" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
