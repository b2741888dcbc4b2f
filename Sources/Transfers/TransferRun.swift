import Catalogue
import Domain
import Foundation
import Intake

/// One transfer from its beginning, or from where an earlier run left it, to its end.
///
/// What comes is taken like any upload: everything is inspected and redacted here, whatever the other server claims.
struct TransferRun {
    let catalogue: Catalogue
    let intake: Intake
    let allowed: AllowedOrigins
    let now: @Sendable () -> Date
    private(set) var transfer: Transfer

    private static let pageSize = 200

    init(
        _ transfer: Transfer, catalogue: Catalogue, intake: Intake, allowed: AllowedOrigins,
        now: @escaping @Sendable () -> Date
    ) {
        self.transfer = transfer
        self.catalogue = catalogue
        self.intake = intake
        self.allowed = allowed
        self.now = now
    }

    /// Throws only when this server itself cannot go on; what the other side does wrong ends the transfer as failed.
    mutating func run() async throws {
        transfer.status = .running
        transfer.startedAt = transfer.startedAt ?? now()
        transfer.fetched = 0
        try await catalogue.transfers.update(transfer)
        do {
            try await fetch()
            transfer.status = .finished
        } catch let failure as Failure where failure.code != .internalError {
            transfer.status = .failed
            transfer.error = failure.message
        }
        transfer.finishedAt = now()
        try await catalogue.transfers.update(transfer)
    }

    private mutating func fetch() async throws {
        let url = try allowed.url(transfer.source)
        guard var set = try await catalogue.uploadSets.find(transfer.uploadSetID, viewer: .system) else {
            throw Failure(.notFound, "The upload set of this transfer was deleted.")
        }
        guard let owner = try await catalogue.accounts.find(set.accountID) else {
            throw Failure(.notFound, "The account of this transfer was deleted.")
        }
        let server = try await RemoteServer.open(for: url, allowed: allowed)
        do {
            try await fetch(from: server, into: &set, viewer: .account(owner.id, owner.role))
        } catch {
            await server.close()
            throw error
        }
        await server.close()
        try await catalogue.uploadSets.edit(
            set.id, UploadSetEdit(estimatedFiles: transfer.pictures), by: .system)
        try await catalogue.uploadSets.complete(set.id, at: now())
    }

    private mutating func fetch(
        from server: RemoteServer, into set: inout UploadSet, viewer: Viewer
    ) async throws {
        let collection = try await server.document(RemoteCollection.self, at: transfer.source)
        if let title = collection.title, !title.isEmpty { set.title = String(title.suffix(250)) }
        try await tag(.uploadSet(set.id), collection.semantics)
        try await catalogue.uploadSets.edit(set.id, UploadSetEdit(title: set.title), by: .system)
        try await fetchItems(from: server, into: set, viewer: viewer)
    }

    private mutating func fetchItems(from server: RemoteServer, into set: UploadSet, viewer: Viewer) async throws {
        var next: String? = "\(transfer.source)/items?limit=\(Self.pageSize)"
        var seen: Set<String> = []
        transfer.pictures = 0
        while let address = next {
            guard seen.insert(address).inserted else {
                throw Failure(.unprocessable, "The other server's pages go round in a circle.")
            }
            let page = try await server.document(RemotePage.self, at: address)
            transfer.pictures += page.features.count
            for item in page.features {
                try await take(item, from: server, into: set, viewer: viewer)
                transfer.fetched += 1
                try await catalogue.transfers.update(transfer)
                try Task.checkCancellation()
            }
            next = page.next
        }
        guard transfer.pictures > 0 else {
            throw Failure(.unprocessable, "The other server shows no picture of this collection.")
        }
    }

    private func take(
        _ item: RemoteItem, from server: RemoteServer, into set: UploadSet, viewer: Viewer
    ) async throws {
        // The identifier stays the same where it is free; an earlier run of this transfer may have fetched it.
        let id = PictureID(item.id)
        var isTaken = true
        if let id { isTaken = try await !catalogue.pictures.existing([id]).isEmpty }
        if isTaken, let id, try await catalogue.pictures.find(id, viewer: .system)?.uploadSetID == set.id { return }
        guard let asset = item.assets["hd"] else {
            throw Failure(.unprocessable, "The other server does not show the picture \(item.id) in full size.")
        }
        let outcome = try await receive(
            item, at: asset.href, as: isTaken ? nil : id, from: server, into: set, viewer: viewer)
        guard case .admitted(let file) = outcome, let picture = file.pictureID else { return }
        try await tag(.picture(picture), item.properties.semantics)
    }

    /// Tries again when the picture breaks off on its way.
    private func receive(
        _ item: RemoteItem, at address: String, as id: PictureID?, from server: RemoteServer, into set: UploadSet,
        viewer: Viewer
    ) async throws -> IntakeOutcome {
        var attempt = 1
        while true {
            let (body, length) = try await server.picture(at: address)
            let form = PictureForm(body, name: item.fileName, id: id?.string, boundary: "wayside-\(TransferID())")
            do {
                return try await intake.receive(
                    multipart: form, boundary: form.boundary, announcedLength: length.map(form.length), into: set,
                    viewer: viewer)
            } catch let failure as Failure where failure.code == .invalid {
                try Task.checkCancellation()
                guard attempt < 3 else {
                    throw Failure(.unavailable, "The picture \(item.id) was cut off on its way.", underlying: failure)
                }
                attempt += 1
            }
        }
    }

    private func tag(_ subject: SemanticSubject, _ tags: [RemoteTag]?) async throws {
        let known = Set(try await catalogue.semantics.tags(of: subject))
        let changes = (tags ?? []).changes.filter { !known.contains($0.tag) }
        guard !changes.isEmpty else { return }
        try await catalogue.semantics.edit(subject, changes, by: .system)
    }
}
