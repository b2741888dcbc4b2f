import Domain
import Foundation

/// An account as others know it: its name, and what the viewer sees of its sequences.
package struct Person: Hashable, Sendable {
    package let id: AccountID
    package let name: String
    /// Sequences with at least one picture that the viewer sees.
    package let sequences: Int
    package let pictures: Int
    package let box: BoundingBox?
    package let capturedFrom: Date?
    package let capturedTo: Date?
    package let createdAt: Date?
    package let updatedAt: Date?
}
