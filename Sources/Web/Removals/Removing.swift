import Catalogue
import Domain
import Foundation

/// Deletes pictures, sequences and upload sets, so that it can be taken back where that is wanted; pages and API alike.
/// Whether the viewer may is asked before.
struct Removing: Sendable {
    let services: WebServices
    let viewer: Viewer

    private var catalogue: Catalogue { services.catalogue }

    /// Until when what is deleted now can be taken back; nil on a server where that is at no time.
    var end: Date? {
        let period = services.configuration.undoPeriod
        return period > 0 ? services.clock().addingTimeInterval(period) : nil
    }

    /// As `end`, if a client wants that; nil for what is to go at once.
    ///
    /// - Throws: `.conflict` when it wants what this server does not do: nothing is deleted that could not come back.
    func until(wanted: Bool?) throws -> Date? {
        guard wanted == true else { return nil }
        guard let end else {
            throw Failure(
                .conflict, "Nothing that is deleted here can be taken back. Delete it without “undo”.",
                details: ["reason": "no_undo"])
        }
        return end
    }

    /// The parameter `undo`. Throws `.invalid` for what is neither true nor false, and as above.
    func until(_ query: Query) throws -> Date? {
        switch query["undo"] {
        case nil, "false": nil
        case "true": try until(wanted: true)
        default: throw Failure(.invalid, "undo is true or false.")
        }
    }

    func delete(_ id: PictureID, until: Date?, ifUpdatedAt version: Date? = nil) async throws -> Deletion {
        defer { services.wake() }
        guard let until else {
            return Deletion(
                removal: nil, receipt: try await catalogue.pictures.delete(id, by: viewer, ifUpdatedAt: version))
        }
        return try await catalogue.removals.remove(id, until: until, by: viewer, ifUpdatedAt: version)
    }

    func delete(_ id: SequenceID, until: Date?, ifUpdatedAt version: Date? = nil) async throws -> Deletion {
        defer { services.wake() }
        guard let until else {
            return Deletion(
                removal: nil, receipt: try await catalogue.sequences.delete(id, by: viewer, ifUpdatedAt: version))
        }
        return try await catalogue.removals.remove(id, until: until, by: viewer, ifUpdatedAt: version)
    }

    func delete(_ id: UploadSetID, until: Date?) async throws -> Deletion {
        defer { services.wake() }
        guard let until else {
            return Deletion(removal: nil, receipt: try await catalogue.uploadSets.delete(id, by: viewer))
        }
        return try await catalogue.removals.remove(id, until: until, by: viewer)
    }

    /// Puts it back. How many pictures are there again. Throws `.notFound`.
    func restore(_ id: RemovalID) async throws -> Int {
        defer { services.wake() }
        return try await catalogue.removals.restore(id, by: viewer)
    }

    /// Deletes it for good now. Throws `.notFound`.
    func finish(_ id: RemovalID) async throws -> ErasureID {
        defer { services.wake() }
        return try await catalogue.removals.finish(id, by: viewer)
    }
}
