/// A local file on its way to a destination.
package struct OutgoingFile: Sendable {
    /// Where it is on this machine.
    package let path: String
    /// Its name there, `/`-separated, without `.` and `..`.
    package let name: String
    /// Bytes.
    package let size: Int64
    /// Lower-case hexadecimal.
    package let sha256: String
    /// Media type.
    package let type: String
    /// Told of each piece before it is sent, it waits as long as the route's rate wants; nil: nobody waits.
    package let pace: Pace?

    package init(path: String, name: String, size: Int64, sha256: String, type: String, pace: Pace? = nil) {
        self.path = path
        self.name = name
        self.size = size
        self.sha256 = sha256
        self.type = type
        self.pace = pace
    }
}
