import Darkroom
import Domain
import Foundation

/// The tables that set-up puts beside the sources, and one reader over them for all tests.
enum MetadataTables {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: ".deps/tables").path(percentEncoded: false)

    private static let shared = Result { try TagReader(tablesFolder: folder) }

    static func reader() throws -> TagReader { try shared.get() }
}

extension TaggedFile {
    /// What the reader says of this file, of 4000 × 3000 pixels unless told otherwise.
    func read(width: Int = 4000, height: Int = 3000, clockZone: TimeZone? = nil) throws -> PictureTags {
        try MetadataTables.reader().read(data(), width: width, height: height, clockZone: clockZone)
    }

    /// Why the reader refuses it; `nil` when it does not.
    func rejection(width: Int = 4000, height: Int = 3000) throws -> Rejection? {
        do {
            _ = try read(width: width, height: height)
            return nil
        } catch let rejection as Rejection {
            return rejection
        }
    }
}
