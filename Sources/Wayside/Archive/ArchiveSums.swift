import Domain
import Foundation

/// Writes the list of files with their hashes, line by line.
final class ArchiveSums {
    private let handle: FileHandle
    private var pending = ""

    init(path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw Failure(.unavailable, "The archive's list of files cannot be written.") }
        self.handle = handle
    }

    func add(_ line: String) throws {
        pending += line
        if pending.utf8.count > 1 << 16 { try flush() }
    }

    func finish() throws {
        try flush()
        try? handle.close()
    }

    private func flush() throws {
        do {
            try handle.write(contentsOf: Data(pending.utf8))
            pending = ""
        } catch {
            throw Failure(.noSpace, "The archive's list of files cannot be written.", underlying: error)
        }
    }
}
