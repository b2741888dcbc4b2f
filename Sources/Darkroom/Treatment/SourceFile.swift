import Domain
import Foundation

/// The staged file.
enum SourceFile {
    /// No camera writes a larger picture; the whole file is held in memory.
    private static let largest = 256 << 20

    /// Throws a `Rejection` for a file that is too large, a `Failure` when it cannot be read.
    static func read(_ url: URL) throws -> Data {
        do {
            let size = try url.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
            guard size <= largest else {
                throw Rejection(.invalidFile, "The file has \(size >> 20) MB; at most \(largest >> 20) MB are taken.")
            }
            return try Data(contentsOf: url)
        } catch let rejection as Rejection {
            throw rejection
        } catch {
            throw Failure(.unavailable, "The staged file could not be read.", underlying: error)
        }
    }
}
