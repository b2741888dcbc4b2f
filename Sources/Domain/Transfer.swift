import Foundation

package typealias TransferID = Identifier<Transfer>

/// A sequence that is fetched from another server, picture by picture, into an upload set of its own.
package struct Transfer: Hashable, Sendable {
    package enum Status: String, Sendable {
        case waiting, running, finished, failed
    }

    package let id: TransferID
    package let accountID: AccountID
    package let uploadSetID: UploadSetID
    /// Address of the collection on the other server.
    package let source: String
    package var status: Status
    /// How many pictures the other server says there are.
    package var pictures: Int
    /// How many are here already.
    package var fetched: Int
    /// Why it has failed, or is tried again later: a sentence.
    package var error: String?
    /// How often it was tried since it last took a picture.
    package var attempts: Int
    /// Not before this.
    package var dueAt: Date
    package let createdAt: Date
    package var startedAt: Date?
    package var finishedAt: Date?

    package init(
        id: TransferID = TransferID(), accountID: AccountID, uploadSetID: UploadSetID, source: String,
        status: Status = .waiting, pictures: Int = 0, fetched: Int = 0, error: String? = nil, attempts: Int = 0,
        dueAt: Date? = nil, createdAt: Date, startedAt: Date? = nil, finishedAt: Date? = nil
    ) {
        self.id = id
        self.accountID = accountID
        self.uploadSetID = uploadSetID
        self.source = source
        self.status = status
        self.pictures = pictures
        self.fetched = fetched
        self.error = error
        self.attempts = attempts
        self.dueAt = dueAt ?? createdAt
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.finishedAt = finishedAt
    }
}
