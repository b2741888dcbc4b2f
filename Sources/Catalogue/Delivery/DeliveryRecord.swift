import Domain
import Foundation

/// A file of a picture that lies at a destination, or may.
package struct DeliveryRecord: Hashable, Sendable {
    package let content: RouteContent
    /// Its name there.
    package let name: String
    /// Bytes.
    package let size: Int64
    /// Lower-case hexadecimal.
    package let sha256: String
    /// Of the picture.
    package let revision: Int
    /// Nil: being sent, or half sent.
    package var deliveredAt: Date?

    package init(
        content: RouteContent, name: String, size: Int64, sha256: String, revision: Int, deliveredAt: Date? = nil
    ) {
        self.content = content
        self.name = name
        self.size = size
        self.sha256 = sha256
        self.revision = revision
        self.deliveredAt = deliveredAt
    }
}
