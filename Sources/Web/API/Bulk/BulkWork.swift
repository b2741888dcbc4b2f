import Catalogue
import Domain
import Foundation

/// What is done to many pictures; pages and API alike.
struct BulkWork: Sendable {
    let services: WebServices

    private var catalogue: Catalogue { services.catalogue }

    /// The camera label that pictures are to go to: one that the account may send pictures to, by its name or id. Throws
    /// `.notFound` for any other.
    func target(_ name: String?, _ context: SignedInContext) async throws -> CameraLabelID? {
        guard let name, !name.isEmpty else { return nil }
        if let id = CameraLabelID(name), let label = try await catalogue.labels.find(id, viewer: context.viewer) {
            return label.id
        }
        guard let label = try await catalogue.labels.find(name: name, viewer: context.viewer) else {
            throw Failure.notFound("camera label")
        }
        return label.id
    }

    func edit(
        _ selection: BulkSelection, _ edit: PictureBulkEdit, _ context: SignedInContext
    ) async throws -> BulkOutcome {
        try await change(selection, context) { try await catalogue.bulk.edit($0, edit, by: context.viewer) }
    }

    /// - Parameter until: nil for what cannot be taken back.
    func delete(
        _ selection: BulkSelection, until: Date?, _ context: SignedInContext
    ) async throws -> BulkOutcome {
        try await change(selection, context) { ids in
            guard let until else { return try await catalogue.bulk.delete(ids, by: context.viewer) }
            return try await catalogue.removals.remove(ids, until: until, by: context.viewer)
        }
    }

    func retry(_ selection: BulkSelection, _ context: SignedInContext) async throws -> BulkOutcome {
        try await change(selection, context) { try await catalogue.bulk.retry($0, by: context.viewer) }
    }

    private func change(
        _ selection: BulkSelection, _ context: SignedInContext, _ work: ([PictureID]) async throws -> BulkOutcome
    ) async throws -> BulkOutcome {
        try UploadRight.requireEditor(context.account)
        let outcome = try await work(try await selection.pictures(catalogue, viewer: context.viewer))
        services.wake()
        return outcome
    }

    /// The sequence, for who may change it.
    func sequence(_ id: SequenceID, _ context: SignedInContext) async throws -> SequenceSummary {
        guard let summary = try await catalogue.sequences.find(id, viewer: context.viewer) else {
            throw Failure.notFound("collection")
        }
        try await Permissions(catalogue: catalogue).requireEdit(
            owner: summary.sequence.accountID, label: summary.sequence.labelID, viewer: context.viewer)
        return summary
    }

    /// Puts the others into the first.
    func merge(_ ids: [SequenceID], title: String?, _ context: SignedInContext) async throws {
        for id in ids { _ = try await sequence(id, context) }
        try await catalogue.sequences.merge(ids, title: title, by: context.viewer)
    }

    func split(
        _ id: SequenceID, at picture: PictureID, title: String?, ifUpdatedAt version: Date? = nil,
        _ context: SignedInContext
    ) async throws -> SequenceID {
        _ = try await sequence(id, context)
        return try await catalogue.sequences.split(
            id, at: picture, title: title, by: context.viewer, ifUpdatedAt: version)
    }
}
