import Catalogue
import Domain
import Storage

/// A file of a picture that is to lie at a destination.
struct WantedFile: Hashable, Sendable {
    let content: RouteContent
    /// Names it may have there: the one of the pattern, and others for when that is another picture's.
    let names: [String]
    /// What it is known by before it is made; nil for what is made on the way.
    let size: Int64?
    let sha256: String?
    /// Media type.
    let type: String
    /// The stored file that it is, where what it is called does not say so.
    var key: ObjectKey?

    /// Whether it lies there already.
    func isInLine(_ record: DeliveryRecord, revision: Int) -> Bool {
        guard record.content == content, names.contains(record.name), record.deliveredAt != nil else { return false }
        guard let sha256 else { return content != .item && record.revision == revision }
        return record.sha256 == sha256 && record.size == size
    }
}
