import Domain
import Foundation
import Storage

/// What the agent knows of one file.
package struct AgentRecord: Codable, Hashable, Sendable {
    package enum State: String, Codable, Sendable {
        /// Not delivered, or not known to be.
        case waiting
        /// The server has said that it holds these bytes.
        case delivered
        /// The server does not take it, or has not made a picture of it.
        case refused
    }

    /// Below the folder, `/`-separated.
    package let path: String
    /// As it was when it was hashed.
    package let stamp: FileStamp
    /// Lower-case hexadecimal.
    package let sha256: String
    /// When it was last written to.
    package let writtenAt: Date
    /// Of its upload set.
    package let set: String
    package var state = State.waiting
    /// Where at the server its parts go.
    package var place: String?
    /// When the server said that it has it.
    package var deliveredAt: Date?
    /// When the server said that it is a picture there, whole and prepared: from then on it may go here.
    package var preparedAt: Date?
    /// Why the server does not take it.
    package var reason: String?

    package init(path: String, stamp: FileStamp, sha256: String, writtenAt: Date, set: String) {
        self.path = path
        self.stamp = stamp
        self.sha256 = sha256
        self.writtenAt = writtenAt
        self.set = set
    }
}

/// An upload set at the server.
struct AgentSet: Codable, Hashable, Sendable {
    /// `2026-06-01`.
    let key: String
    var id: UploadSetID
    var isComplete = false
}
