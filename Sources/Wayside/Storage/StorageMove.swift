import Domain
import Foundation
import Storage
import StorageS3

/// The whole move from where the pictures are to where the settings say, beside a server or without one.
struct StorageMove {
    let instance: Instance
    let skipsDamaged: Bool
    let readsBack: Bool

    private var settings: Settings { instance.settings }
    private var data: DataFolder { settings.data }

    /// Whether all of it is in the new place and noted so.
    func run() async throws -> Bool {
        let record = try StorageRecord.read(data)
        let old = record?.storage ?? .directory
        guard record.map({ !$0.fits(settings.storage) }) ?? (settings.storage.kind != .directory) else {
            Console.note("The pictures are where the settings say; there is nothing to move.")
            return true
        }
        let lock = try? data.lock()
        defer { withExtendedLifetime(lock) {} }
        let new = StorageRecord(owner: record?.owner ?? StorageRecord.newOwner(), settings.storage)
        let (source, target) = try await stores(record, old, owner: new.owner)
        let migration = StorageMigration(
            catalogue: instance.catalogue, source: source, target: target,
            journal: try MigrationJournal(path: "\(data.path)/storage-migration.\(new.storage.rawValue)"),
            readsBack: readsBack, scratch: ScratchFolder(path: data.scratch), report: { Console.note($0) })
        let pass = try await migration.copy()
        Console.note(
            "\(Console.count(pass.copied, "file")) copied (\(Console.size(pass.bytes))), "
                + "\(pass.files - pass.copied - pass.damaged.count) were there.")
        guard lock != nil else {
            Console.note("A server is running: stop it and run this once more to finish.")
            return false
        }
        try requireWhole(pass)
        guard try await migration.settle() else {
            throw Failure(.unavailable, "Something has deleted files in the new place; run this once more.")
        }
        try new.write(to: data)
        try migration.journal.remove()
        try await instance.audit("storage.moved", subject: "storage", ["to": new.place(data)])
        Console.note("The pictures are in \(new.place(data)) now. Start the server with these settings.")
        return true
    }

    private func stores(
        _ record: StorageRecord?, _ old: StorageSettings.Kind, owner: String
    ) async throws -> (any ObjectStore, any ObjectStore) {
        guard old != settings.storage.kind else {
            throw Failure(.unprocessable, "From one bucket to another: move into the directory first, then on.")
        }
        let opening = StoreOpening(settings: settings)
        let (source, target) = (try opening.store(old), try opening.store(settings.storage.kind))
        if let source = source as? S3Store, source.bucket.name != record?.bucket {
            throw Failure(
                .unprocessable, "The pictures are in the bucket “\(record?.bucket ?? "")”; name it in the settings.")
        }
        try await source.check()
        try await target.check()
        if let target = target as? S3Store { try await target.claim(for: owner) }
        return (source, target)
    }

    private func requireWhole(_ pass: StorageMigration.Pass) throws {
        guard let first = pass.damaged.first, !skipsDamaged else { return }
        throw Failure(
            .unprocessable,
            "\(Console.count(pass.damaged.count, "file")) missing or damaged in the old place, the first \(first); "
                + "nothing was changed. With --skip-damaged the pictures go without.")
    }
}

/// Empties the place that the pictures are not in any more.
struct StorageRemoval {
    let settings: Settings

    func run() async throws {
        let old: StorageSettings.Kind = settings.storage.kind == .s3 ? .directory : .s3
        guard old == .directory || settings.storage.bucket != nil, let record = try StorageRecord.read(settings.data),
            record.fits(settings.storage)
        else { throw Failure(.unprocessable, "There is no other place that the settings name.") }
        let store = try StoreOpening(settings: settings).store(old)
        // Of another server's bucket nothing is removed.
        if let bucket = store as? S3Store { try await bucket.claim(for: record.owner) }
        for prefix in ["pictures/", "originals/"] { try await store.delete(prefix: prefix) }
    }
}
