/// A file that lies at a destination.
package struct DeliveredEntry: Hashable, Sendable {
    package let name: String
    /// Bytes.
    package let size: Int64

    package init(name: String, size: Int64) {
        self.name = name
        self.size = size
    }
}
