import Domain
import Foundation
import Glibc

/// The folder where everything is kept.
package struct DataFolder: Hashable, Sendable {
    package let path: String

    package var catalogue: String { "\(path)/catalogue.sqlite" }
    package var staging: String { "\(path)/staging" }
    package var store: String { "\(path)/store" }
    /// Where the files of pictures are, as the last server left it.
    package var storageRecord: String { "\(path)/storage.json" }
    package var secrets: String { "\(path)/secrets" }
    /// The operator's own models.
    package var models: String { "\(path)/models" }
    /// Exports while they are made.
    package var scratch: String { "\(path)/scratch" }
    /// Where darkroom children work.
    package var darkroom: String { "\(path)/darkroom" }

    /// Whether a server or a command has made a catalogue here.
    package var isThere: Bool { FileManager.default.fileExists(atPath: catalogue) }

    /// What an import is made in before it takes effect; it is there as long as none has been finished.
    package var importing: String { "\(path)/importing" }

    /// Makes the folder, or takes the rights of others away from it.
    ///
    /// - Throws: `.conflict` while an import was begun and not finished.
    package func prepare() throws {
        try make()
        guard isThere || !FileManager.default.fileExists(atPath: importing) else {
            throw Failure(
                .conflict,
                "An import or restore into \(path) was not finished; run it once more, or empty the folder.")
        }
    }

    /// As `prepare`, for the import itself.
    package func make() throws {
        var folder = ""
        for component in path.split(separator: "/") {
            folder += "/\(component)"
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw Self.failure("made", path) }
        }
        guard chmod(path, 0o700) == 0 else { throw Self.failure("made private", path) }
        // There from the start: a darkroom may only read folders that it was shown when it began.
        guard mkdir(models, 0o700) == 0 || errno == EEXIST else { throw Self.failure("made", models) }
    }

    private static func failure(_ what: String, _ path: String) -> Failure {
        Failure(.unavailable, "The data folder \(path) cannot be \(what): \(String(cString: strerror(errno))).")
    }

    /// Held by the one server of this folder while it runs.
    package func lock() throws -> ServerLock {
        guard let lock = try ServerLock(path: "\(path)/server.lock", exclusive: true) else {
            throw Failure(.conflict, "Another server is running on the data folder \(path).")
        }
        return lock
    }

    /// Whether a server is running on this folder.
    package var hasServer: Bool {
        let path = "\(path)/server.lock"
        guard FileManager.default.fileExists(atPath: path) else { return false }
        return (try? ServerLock(path: path, exclusive: false)) == nil
    }
}

/// A lock that ends with the process, however it ends.
package final class ServerLock: Sendable {
    private let descriptor: Int32

    /// Nil when somebody else holds it.
    init?(path: String, exclusive: Bool) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure(.unavailable, "The lock \(path) cannot be opened: \(String(cString: strerror(errno))).")
        }
        guard flock(descriptor, (exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
