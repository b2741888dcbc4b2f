import Foundation

package typealias RemovalID = Identifier<Removal>

/// Something that somebody has deleted and that can be taken back until its time is over.
package struct Removal: Hashable, Sendable {
    package let id: RemovalID
    /// Never an account.
    package let kind: Erasure.Kind
    /// The id of what was deleted; of several pictures, of the first.
    package let subject: String
    /// The title of the sequence or upload set, the file name of the first picture; empty once that is gone.
    package let title: String
    /// Who asked; nil for the server itself or an account that is gone.
    package let requestedBy: AccountID?
    /// Their name.
    package let requester: String?
    package let requestedAt: Date
    /// From when on it cannot be taken back.
    package let dueAt: Date
    /// Pictures that wait in it.
    package let pictures: Int

    package init(
        id: RemovalID, kind: Erasure.Kind, subject: String, title: String, requestedBy: AccountID?,
        requester: String?, requestedAt: Date, dueAt: Date, pictures: Int
    ) {
        self.id = id
        self.kind = kind
        self.subject = subject
        self.title = title
        self.requestedBy = requestedBy
        self.requester = requester
        self.requestedAt = requestedAt
        self.dueAt = dueAt
        self.pictures = pictures
    }
}
