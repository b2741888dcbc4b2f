import Catalogue
import Domain
import Foundation
import Peer
import Storage

/// Another Wayside, which treats what it is sent by its own rules: pictures arrive as uploads of the token's account.
///
/// What lies in one folder here goes into one upload set there. A picture keeps its id where that is free; its label is
/// the one that is said, else the folder in its name that is called like one there.
package struct PeerDestination: Destination {
    /// What was done to the picture before it is sent, and what it is called here.
    package typealias Tell = @Sendable (PictureID?, OutgoingFile) async throws -> String

    private let server: PeerServer
    private let label: String?
    private let copies: PeerStore
    private let sets: PeerSets
    private let tell: Tell

    package init(_ server: PeerServer, label: String?, copies: PeerStore, tell: @escaping Tell) {
        self.server = server
        self.label = label
        self.copies = copies
        self.tell = tell
        sets = PeerSets(server: server, label: label, copies: copies)
    }

    private var peer: String { PeerSets.name(server, label) }

    package func put(_ file: OutgoingFile) async throws {
        guard file.type == "image/jpeg" else {
            throw Failure(.unprocessable, "Another Wayside takes pictures, and not \(file.name).")
        }
        try await passing {
            if let known = try await copies.copy(file.name, at: peer) {
                if known.sha256 == file.sha256, let picture = known.picture, try await server.has(picture) { return }
                // The same name with other bytes: what is there is not what is to be seen any more.
                if known.sha256 != file.sha256 { try await delete(file.name) }
            }
            try await send(file)
        }
    }

    private func send(_ file: OutgoingFile) async throws {
        let picture = Self.picture(in: file.name)
        let batch = PeerSets.Batch(folder: Self.folder(of: file.name), lineage: try await tell(picture, file))
        let set = try await sets.set(for: batch)
        var copy = PeerStore.Copy(name: file.name, set: set, size: file.size, sha256: file.sha256)
        try await copies.note(copy, in: batch.key, at: peer)
        let source = try await BlockingWork.run { try OpenFile(file.path) }
        do {
            let arrival = try await upload(source, file, set, as: picture)
            guard try await server.holds(sha256: file.sha256, size: file.size, as: file.name, in: set) else {
                throw Failure(.unavailable, "\(server.address) does not say that it holds the picture.")
            }
            // One that was there is somebody's; it is not for this server to take back.
            copy.picture = try await own(copy) ?? (arrival.isDuplicate ? nil : arrival.picture)
            try await copies.note(copy, in: batch.key, at: peer)
            try await server.complete(set)
        } catch let failure as Failure where failure.code == .notFound {
            await sets.forget(batch)
            try await copies.forget(set, at: peer)
            throw Failure(.unavailable, "The upload set is gone there; another is made.", underlying: failure)
        }
    }

    private func upload(
        _ source: OpenFile, _ file: OutgoingFile, _ set: UploadSetID, as picture: PictureID?
    ) async throws -> PeerUpload.Arrival {
        let upload = PeerUpload(server: server, pace: { count in try await file.pace?.pass(count) })
        func item(_ id: PictureID?) -> PeerUpload.Item {
            PeerUpload.Item(file: source, name: file.name, sha256: file.sha256, set: set, picture: id)
        }
        do {
            return try await upload.send(item(picture), at: nil) { _ in }
        } catch let failure as Failure where failure.code == .conflict && failure.details["reason"] == nil {
            // There is another picture of this id.
            return try await upload.send(item(nil), at: nil) { _ in }
        }
    }

    package func delete(_ name: String) async throws {
        try await passing {
            guard let copy = try await copies.copy(name, at: peer) else { return }
            if let picture = try await copy.picture.orAsking({ try await own(copy) }) {
                try await server.delete(picture)
            }
            try await copies.forget(name, at: peer)
        }
    }

    /// The picture that the file became in the set that was made for it.
    private func own(_ copy: PeerStore.Copy) async throws -> PictureID? {
        do {
            return try await server.picture(
                sha256: copy.sha256, size: copy.size, as: copy.name, in: copy.set)
        } catch let failure as Failure where failure.code == .notFound {
            return nil
        }
    }

    package func list(after: String?, limit: Int) async throws -> [DeliveredEntry] {
        throw Failure(
            .unprocessable, "Another Wayside makes files of its own, and gives no list of those that were sent.")
    }

    package func read(_ name: String, into path: String) async throws {
        throw Failure(.unprocessable, "Another Wayside makes files of its own of those that were sent.")
    }

    package func check() async throws { try await passing { try await server.check() } }

    /// What an administrator on either side can change may pass, too; only a refused picture does not.
    private func passing<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let failure as Failure where ![.unprocessable, .tooLarge, .unsupportedMedia].contains(failure.code) {
            throw Failure(.unavailable, failure.message, details: failure.details, underlying: failure.underlying)
        } catch let failure as Failure {
            throw Failure(.unprocessable, failure.message, details: failure.details, underlying: failure.underlying)
        }
    }

    /// `site 1/2026-06-01`.
    private static func folder(of name: String) -> String {
        name.split(separator: "/").dropLast().joined(separator: "/")
    }

    /// The id that the usual pattern puts into names.
    static func picture(in name: String) -> PictureID? {
        let last = name.split(separator: "/").last ?? ""
        let match = last.firstMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/)
        return match.flatMap { PictureID(String($0.output)) }
    }
}

extension Optional where Wrapped: Sendable {
    /// The value, or what is found out.
    fileprivate func orAsking(_ ask: () async throws -> Wrapped?) async throws -> Wrapped? {
        if let value = self { return value }
        return try await ask()
    }
}
