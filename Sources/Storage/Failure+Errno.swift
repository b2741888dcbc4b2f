import Domain
import Glibc

extension Failure {
    /// What a failed file system call means to everybody else.
    ///
    /// - Parameters:
    ///   - number: the call's `errno`.
    ///   - doing: completes "The server could not …"; names no path, since clients see it.
    package static func fileSystem(_ number: Int32, _ doing: String) -> Failure {
        let cause = FileSystemError(number: number, doing: doing)
        return switch number {
        case ENOSPC, EDQUOT:
            Failure(.noSpace, "The server's disk is full; nothing of this was kept.", underlying: cause)
        case ENOENT:
            Failure(.notFound, "The server could not \(doing): it is not there.", underlying: cause)
        case EROFS, EACCES, EPERM, EIO, EMFILE, ENFILE, ESTALE, ENODEV:
            Failure(.unavailable, "The server could not \(doing).", underlying: cause)
        default:
            Failure(.internalError, "The server could not \(doing).", underlying: cause)
        }
    }
}

/// A failed call with its `errno`, for the log.
package struct FileSystemError: Error, CustomStringConvertible {
    package let number: Int32
    package let doing: String

    package var description: String { "\(doing): \(String(cString: strerror(number)))" }
}
