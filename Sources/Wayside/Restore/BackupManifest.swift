import Delivery
import Domain
import Foundation

/// What a backup says of its catalogue, in `wayside-backup.json`; written after it, so that both fit together.
struct BackupManifest: Codable, Hashable {
    static let format = "wayside-backup"
    /// Counts up when older programs cannot read what is written.
    static let version = 1

    let format: String
    let version: Int
    /// The program that made it.
    let program: String
    let madeAt: Date
    /// Rows of each table.
    let rows: [String: Int]
    /// The name of the catalogue's file beside this one.
    let catalogue: String
    /// Bytes of it.
    let size: Int64
    /// Of it, lower-case hexadecimal.
    let sha256: String

    enum CodingKeys: String, CodingKey {
        case format, version, program, rows, catalogue, size, sha256
        case madeAt = "made_at"
    }

    init(rows: [String: Int], size: Int64, sha256: String) {
        format = Self.format
        version = Self.version
        program = Version.text
        madeAt = .now
        self.rows = rows
        self.size = size
        self.sha256 = sha256
        catalogue = BackupFiles.catalogue(sha256)
    }

    func bytes() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return try encoder.encode(self)
    }

    /// - Throws: `.unprocessable` when it is none, `.conflict` when it is of a newer version.
    static func read(_ bytes: Data) throws -> BackupManifest {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        struct Kind: Decodable {
            let format: String
            let version: Int
        }
        do {
            let kind = try decoder.decode(Kind.self, from: bytes)
            guard kind.format == format else { throw damaged(nil) }
            guard kind.version == version else {
                throw Failure(
                    .conflict, "The backup is of version \(kind.version); this program reads version \(version).")
            }
            let manifest = try decoder.decode(BackupManifest.self, from: bytes)
            guard BackupFiles.isCatalogue(manifest.catalogue), manifest.size >= 0 else { throw damaged(nil) }
            return manifest
        } catch let error as DecodingError {
            throw damaged(error)
        }
    }

    private static func damaged(_ cause: (any Error)?) -> Failure {
        Failure(.unprocessable, "The backup's \(BackupFiles.manifest) cannot be read.", underlying: cause)
    }
}
