import Domain
import Foundation
import Storage
import StorageS3

/// Where the files of pictures are, noted in the data folder: settings that say something else are a mistake, which
/// would show no picture and take all of them for left over.
struct StorageRecord: Codable, Hashable {
    /// Of this data folder; also in its bucket.
    let owner: String
    let storage: StorageSettings.Kind
    /// Scheme, host and port, for people to read.
    var endpoint: String?
    var bucket: String?

    init(owner: String, _ settings: StorageSettings) {
        self.owner = owner
        storage = settings.kind
        guard settings.kind == .s3 else { return }
        endpoint = settings.bucket?.origin
        bucket = settings.bucket?.name
    }

    /// Nil where none was written yet: then the files are in the folder, if there are any.
    static func read(_ data: DataFolder) throws -> StorageRecord? {
        guard let bytes = FileManager.default.contents(atPath: data.storageRecord) else { return nil }
        do {
            return try JSONDecoder().decode(StorageRecord.self, from: bytes)
        } catch {
            throw Failure(.unavailable, "\(data.storageRecord) cannot be understood.", underlying: error)
        }
    }

    /// Replaces what is there as a whole, durably.
    func write(to data: DataFolder) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let temporary = "\(data.storageRecord).new"
        try? FileManager.default.removeItem(atPath: temporary)
        try WholeFile.write(try encoder.encode(self), to: temporary, named: data.storageRecord)
    }

    /// Whether these settings lead to where the files are. A bucket may get another address.
    func fits(_ settings: StorageSettings) -> Bool {
        storage == settings.kind && (storage == .directory || bucket == settings.bucket?.name)
    }

    /// “the folder …” or “the bucket …”.
    func place(_ data: DataFolder) -> String {
        switch storage {
        case .directory: "the folder \(data.store)"
        case .s3: "the bucket “\(bucket ?? "")” at \(endpoint ?? "")"
        }
    }

    static func newOwner() -> String { Identifier<StorageRecord>().string }
}
