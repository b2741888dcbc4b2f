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
    /// A peer whose pages never end is not followed for ever.
    static let mostPages = 1_000
    static let mostPictures = 100_000
    /// Tries in a row that bring no picture, before it is given up.
    static let mostAttempts = 8

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

    /// Fetches what it can. What the other side does wrong ends the transfer as failed; what may pass by itself is tried
    /// again later, so many times.
    ///
    /// - Returns: what went wrong.
    /// - Throws: `CancellationError`, and what the catalogue throws when not even the outcome can be written down.
    @discardableResult
    mutating func run() async throws -> Failure? {
        // Written down before anything is tried: what the server itself does not survive counts, too.
        transfer.status = .running
        transfer.attempts += 1
        transfer.startedAt = transfer.startedAt ?? now()
        transfer.fetched = 0
        try await catalogue.transfers.update(transfer)
        do {
            guard transfer.attempts <= Self.mostAttempts else {
                throw Failure(.unprocessable, "This transfer was begun too often without coming to its end.")
            }
            try await fetch()
            transfer.status = .finished
            transfer.error = nil
            transfer.finishedAt = now()
            try await catalogue.transfers.update(transfer)
            return nil
        } catch {
            if error is CancellationError || Task.isCancelled { throw CancellationError() }
            let failure =
                error as? Failure ?? Failure(.internalError, "The transfer failed.", underlying: error)
            try await end(with: failure)
            return failure
        }
    }

    /// Writes down that it is tried again later, or has failed; then what has come becomes a sequence.
    private mutating func end(with failure: Failure) async throws {
        transfer.error = failure.message
        let mayPass = [.unavailable, .noSpace, .tooMany, .internalError].contains(failure.code)
        if mayPass, transfer.attempts < Self.mostAttempts {
            transfer.status = .waiting
            transfer.dueAt = now().addingTimeInterval(min(3600, 30 * pow(2, Double(transfer.attempts))))
            return try await catalogue.transfers.update(transfer)
        }
        transfer.status = .failed
        transfer.finishedAt = now()
        try await catalogue.transfers.update(transfer)
        do {
            try await catalogue.uploadSets.complete(transfer.uploadSetID, at: now())
        } catch let failure as Failure where failure.code == .notFound {
            // Deleted meanwhile.
        }
    }

    private mutating func fetch() async throws {
        let url = try allowed.url(transfer.source)
        guard let set = try await catalogue.uploadSets.find(transfer.uploadSetID, viewer: .system) else {
            throw Failure(.notFound, "The upload set of this transfer was deleted.")
        }
        guard let owner = try await catalogue.accounts.find(set.accountID) else {
            throw Failure(.notFound, "The account of this transfer was deleted.")
        }
        let server = try await RemoteServer.open(for: url, allowed: allowed)
        do {
            try await fetch(from: server, into: set, viewer: .account(owner.id, owner.role))
        } catch {
            await server.close()
            throw error
        }
        await server.close()
        try await catalogue.uploadSets.edit(
            set.id, UploadSetEdit(estimatedFiles: transfer.pictures), by: .system)
        try await catalogue.uploadSets.complete(set.id, at: now())
    }

    private mutating func fetch(from server: RemoteServer, into set: UploadSet, viewer: Viewer) async throws {
        let collection = try await server.document(RemoteCollection.self, at: transfer.source)
        let title = collection.title.flatMap { $0.isEmpty ? nil : String($0.suffix(250)) }
        let tags = try await missing(collection.semantics, of: .uploadSet(set.id))
        try await catalogue.uploadSets.edit(set.id, UploadSetEdit(title: title, tags: tags), by: .system)
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
            guard seen.count <= Self.mostPages, transfer.pictures <= Self.mostPictures else {
                throw Failure(.unprocessable, "The other server's collection does not come to an end.")
            }
            for item in page.features {
                if try await take(item, from: server, into: set, viewer: viewer) { transfer.attempts = 1 }
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

    /// Whether the picture was taken by this run.
    private func take(
        _ item: RemoteItem, from server: RemoteServer, into set: UploadSet, viewer: Viewer
    ) async throws -> Bool {
        // The identifier stays the same where it is free; an earlier run of this transfer may have fetched it.
        let id = PictureID(item.id)
        var isTaken = true
        if let id { isTaken = try await !catalogue.pictures.existing([id]).isEmpty }
        if isTaken, let id, try await catalogue.pictures.find(id, viewer: .system)?.uploadSetID == set.id {
            return false
        }
        guard let asset = item.assets["hd"] else {
            throw Failure(.unprocessable, "The other server does not show the picture \(item.id) in full size.")
        }
        let outcome = try await receive(
            item, at: asset.href, as: isTaken ? nil : id, from: server, into: set, viewer: viewer)
        guard case .admitted(let file) = outcome, let picture = file.pictureID else { return false }
        let tags = try await missing(item.properties.semantics, of: .picture(picture))
        if !tags.isEmpty { try await catalogue.semantics.edit(.picture(picture), tags, by: .system) }
        return true
    }

    /// Tries again when the picture breaks off on its way.
    private func receive(
        _ item: RemoteItem, at address: String, as id: PictureID?, from server: RemoteServer, into set: UploadSet,
        viewer: Viewer
    ) async throws -> IntakeOutcome {
        var attempt = 1
        while true {
            let (body, length) = try await server.picture(at: address, largest: intake.maximumFileSize)
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

    /// What of the other server's tags is to be added here: an earlier run may have done so.
    private func missing(_ tags: [RemoteTag]?, of subject: SemanticSubject) async throws -> [SemanticChange] {
        let known = Set(try await catalogue.semantics.tags(of: subject))
        return (tags ?? []).changes.filter { !known.contains($0.tag) }
    }
}
