import Domain
import Foundation
import Logging
import Storage
import StorageS3

/// Opens the store that the settings name, if the pictures are there.
struct StoreOpening {
    let settings: Settings
    var logger = Logger(label: "wayside.storage")

    /// For a command beside the server or without one. Asks nothing of a bucket.
    ///
    /// - Throws: `.conflict` when the pictures are elsewhere.
    func open() throws -> any ObjectStore {
        try requireFit(try StorageRecord.read(settings.data))
        return try store(settings.storage.kind)
    }

    /// For the server: notes where the pictures are from now on, and removes what an earlier run left half done.
    ///
    /// - Throws: `.conflict` when the pictures or the bucket are somebody else's, `.unavailable` when the bucket refuses
    ///   to be used. A bucket that only does not answer is waited for by `StorageWatch`.
    func openForServer() async throws -> any ObjectStore {
        let record = try StorageRecord.read(settings.data)
        try requireFit(record)
        let store = try store(settings.storage.kind)
        let mine = StorageRecord(owner: record?.owner ?? StorageRecord.newOwner(), settings.storage)
        if let store = store as? S3Store {
            store.require(owner: mine.owner)
            try await take(store, mine.owner, isKnown: record?.storage == .s3)
        }
        if let store = store as? DirectoryStore { try await store.sweep() }
        if record != mine { try mine.write(to: settings.data) }
        return store
    }

    func store(_ kind: StorageSettings.Kind) throws -> any ObjectStore {
        switch kind {
        case .directory: return try DirectoryStore(root: settings.data.store)
        case .s3:
            guard let bucket = settings.storage.bucket else {
                throw Failure(
                    .unprocessable, "The pictures are in a bucket; say which: s3-endpoint, s3-bucket and its keys.")
            }
            return S3Store(bucket: bucket, logger: logger)
        }
    }

    /// What a bucket says to being used; the settings' fault is said now, everything else later.
    private func take(_ store: S3Store, _ owner: String, isKnown: Bool) async throws {
        do {
            try await store.check()
            guard try await store.claim(for: owner), isKnown else { return }
            logger.critical(
                """
                THE BUCKET IS EMPTY: this server's pictures were in one of that name. Look at s3-endpoint; if they are \
                lost, see “wayside restore”.
                """, metadata: ["bucket": "\(store.bucket.name)", "endpoint": "\(store.bucket.origin)"])
        } catch let failure as Failure {
            guard let problem = failure.underlying as? S3Problem, !problem.isOfSettings else { throw failure }
            logger.error("The storage cannot be used yet", metadata: ["reason": "\(problem)"])
        }
    }

    private func requireFit(_ record: StorageRecord?) throws {
        guard let record else {
            guard settings.storage.kind == .s3, holdsPictures else { return }
            throw elsewhere("the folder \(settings.data.store)")
        }
        guard record.fits(settings.storage) else { throw elsewhere(record.place(settings.data)) }
    }

    private func elsewhere(_ place: String) -> Failure {
        Failure(
            .conflict,
            "The pictures are in \(place), and the settings say something else. Move them with “wayside storage migrate”, "
                + "or correct the setting storage (WAYSIDE_STORAGE) and those of the bucket.")
    }

    /// Whether there is anything in the folder.
    private var holdsPictures: Bool {
        ["pictures", "originals"].contains { name in
            let names = try? FileManager.default.contentsOfDirectory(atPath: "\(settings.data.store)/\(name)")
            return names?.isEmpty == false
        }
    }
}
