import Catalogue
import Crypto
import Domain
import Foundation
import Peer

/// The upload sets at another Wayside, one for what belongs together. Files that are sent side by side get the same.
actor PeerSets {
    /// What belongs together: a folder, and what was done to its pictures.
    struct Batch: Hashable, Sendable {
        let folder: String
        let lineage: String

        var key: String {
            let hash = SHA256.hash(data: Data(lineage.utf8)).prefix(4).map { String($0, radix: 16) }.joined(
                separator: "-")
            return "\(folder) \(hash)"
        }
    }

    private let server: PeerServer
    private let label: String?
    private let copies: PeerStore
    private var known: [Batch: Task<UploadSetID, any Error>] = [:]

    init(server: PeerServer, label: String?, copies: PeerStore) {
        self.server = server
        self.label = label
        self.copies = copies
    }

    /// How a server and a label there are called in the catalogue.
    static func name(_ server: PeerServer, _ label: String?) -> String { "\(server.address)#\(label ?? "")" }

    func set(for batch: Batch) async throws -> UploadSetID {
        if let task = known[batch] { return try await task.value }
        let task = Task { [server, label, copies] in
            if let set = try await copies.set(of: batch.key, at: Self.name(server, label)) { return set }
            let title = batch.folder.isEmpty ? "Wayside" : batch.folder
            return try await server.set(
                .init(
                    title: title, label: label, key: "\(Self.name(server, label)) \(batch.key)", lineage: batch.lineage)
            )
        }
        known[batch] = task
        do {
            return try await task.value
        } catch {
            known[batch] = nil
            throw error
        }
    }

    func forget(_ batch: Batch) { known[batch] = nil }
}
