import Domain
import Foundation

/// The staged file.
enum SourceFile {
    /// No camera writes a larger picture; the whole file is held in memory.
    private static let largest = 256 << 20

    /// The picture as a JPEG: the file itself, or what is made of a camera's raw file.
    static func jpeg(_ url: URL, maximumPixels: Int) throws -> Data {
        let file = try read(url)
        guard RawFormat.begins(Array(file.prefix(RawFormat.startLength))) else { return file }
        return try RawPicture.jpeg(of: file, maximumPixels: maximumPixels)
    }

    /// Throws a `Rejection` for a file that is too large, a `Failure` when it cannot be read.
    private static func read(_ url: URL) throws -> Data {
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
