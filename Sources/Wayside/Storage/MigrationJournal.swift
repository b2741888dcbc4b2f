import Foundation
import Storage
import Synchronization

/// Which files a migration has copied and compared, so that one that was interrupted goes on where it was.
final class MigrationJournal: Sendable {
    private let path: String
    private let handle: FileHandle
    /// Hashes of lines, since there may be millions.
    private let done: Mutex<Set<Int>>

    init(path: String) throws {
        self.path = path
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        // A line that a crash has cut off is none.
        let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        var known = Set<Int>()
        for line in lines {
            if line.hasPrefix(Self.not) {
                known.remove("\(line.dropFirst(Self.not.count))\n".hashValue)
            } else {
                known.insert("\(line)\n".hashValue)
            }
        }
        done = Mutex(known)
        handle = try FileHandle(forUpdating: URL(filePath: path))
        try handle.truncate(atOffset: UInt64(lines.reduce(0) { $0 + $1.utf8.count + 1 }))
        try handle.seekToEnd()
    }

    func contains(_ file: StoredFile) -> Bool {
        let hash = file.line.hashValue
        return done.withLock { $0.contains(hash) }
    }

    func add(_ file: StoredFile) throws {
        let line = file.line
        try done.withLock { done in
            try handle.write(contentsOf: Data(line.utf8))
            done.insert(line.hashValue)
        }
    }

    /// It is not there after all; for the next run too.
    func forget(_ file: StoredFile) throws {
        let line = file.line
        try done.withLock { done in
            try handle.write(contentsOf: Data("\(Self.not)\(line)".utf8))
            done.remove(line.hashValue)
        }
    }

    /// Before a line that does not hold any more.
    private static let not = "not "

    func remove() throws {
        try handle.close()
        try FileManager.default.removeItem(atPath: path)
    }
}
