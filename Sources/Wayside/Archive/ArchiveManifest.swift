import Domain
import Foundation
import NIOCore
import Storage

/// What an archive says of itself, in `wayside-archive.json`; written last, so that a folder without it is none.
struct ArchiveManifest: Codable {
    static let format = "wayside-archive"
    /// Counts up when older programs cannot read what is written.
    static let version = 1
    private static let largest = 1 << 20

    /// A file of the archive itself.
    struct Part: Codable {
        let size: Int64
        let sha256: String
    }

    let format: String
    let version: Int
    /// The program that made it.
    let program: String
    let madeAt: Date
    /// Rows of each table.
    let rows: [String: Int]
    /// Files of pictures, and their bytes together.
    let files: Int
    let bytes: Int64
    let catalogue: Part
    /// The list of files with their hashes.
    let sums: Part

    enum CodingKeys: String, CodingKey {
        case format, version, program, rows, files, bytes, catalogue, sums
        case madeAt = "made_at"
    }

    var pictures: Int { rows["pictures"] ?? 0 }

    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        do {
            try encoder.encode(self).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw Failure(.unavailable, "The archive's manifest cannot be written.", underlying: error)
        }
    }

    /// - Throws: `.unprocessable` when it is no manifest, `.conflict` when it is of a newer version.
    static func read(_ file: OpenFile) throws -> ArchiveManifest {
        guard file.size <= largest else { throw damaged(nil) }
        let text = Data(try file.read(at: 0, count: Int(file.size)).readableBytesView)
        struct Kind: Decodable {
            let format: String
            let version: Int
        }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        do {
            let kind = try decoder.decode(Kind.self, from: text)
            guard kind.format == format else { throw damaged(nil) }
            guard kind.version == version else {
                throw Failure(
                    .conflict, "The archive is of version \(kind.version); this program reads version \(version).")
            }
            return try decoder.decode(ArchiveManifest.self, from: text)
        } catch let error as DecodingError {
            throw damaged(error)
        }
    }

    private static func damaged(_ cause: (any Error)?) -> Failure {
        Failure(.unprocessable, "The archive's manifest cannot be read.", underlying: cause)
    }
}
