import Domain
import Foundation

/// A job as administrators see it.
package struct JobRow: Hashable, Sendable {
    package let id: JobID
    /// `inspect`, `develop` …
    package let step: String
    /// The id of what it is done to; of a `detect`, with a slash and the model behind it.
    package let subject: String
    /// Tries that were begun.
    package let attempts: Int
    /// When it may be claimed; while somebody works on it, when the lease runs out.
    package let dueAt: Date
    package let isClaimed: Bool
    /// What the last try failed of; one sentence.
    package let lastError: String?
    package let createdAt: Date
}
