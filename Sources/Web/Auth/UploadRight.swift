import Catalogue
import Domain

/// Who may send files into which upload set; asked before the first byte of a file is read.
struct UploadRight: Sendable {
    let catalogue: Catalogue

    /// The set, for who may send into it. Throws `.notFound` for who may not know of it, `.forbidden` for who may only
    /// look at it.
    func set(_ id: UploadSetID, account: Account, viewer: Viewer) async throws -> UploadSet {
        guard let set = try await catalogue.uploadSets.find(id, viewer: viewer) else {
            throw Failure.notFound("upload set")
        }
        guard set.accountID == account.id || account.role.isAdmin, account.role.mayUpload else {
            throw Failure(.forbidden, "Only the account that made this upload set may add files to it.")
        }
        guard try await catalogue.labels.find(set.labelID, viewer: viewer) != nil else {
            throw Failure.notFound("upload set")
        }
        return set
    }

    /// Throws `.forbidden` for roles that may not send anything.
    static func require(_ account: Account) throws {
        guard account.role.mayUpload else {
            throw Failure(.forbidden, "This account may look at pictures, but not send any.")
        }
    }

    /// Throws `.forbidden` for roles that may not change anything.
    static func requireEditor(_ account: Account) throws {
        guard account.role.mayUpload else {
            throw Failure(.forbidden, "This account may look at pictures, but not change any.")
        }
    }
}
