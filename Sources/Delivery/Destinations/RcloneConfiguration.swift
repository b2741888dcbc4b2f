import Domain
import Foundation
import NIOCore
import Storage

/// The configuration of one remote, in a private file (0600) that goes when this goes.
final class RcloneConfiguration: Sendable {
    let path: String
    private let scratch: ScratchFolder

    /// The remote's name in it.
    static let remote = "destination"

    /// - Throws: `.unprocessable` when rclone knows no such backend or option.
    init(_ place: RclonePlace, secrets: [String: String], program: RcloneProgram) async throws {
        scratch = program.scratch
        let backend = try await RcloneBackend.named(place.backend, program)
        var lines = ["[\(Self.remote)]", "type = \(place.backend)"]
        for (name, value) in place.options.merging(secrets, uniquingKeysWith: { $1 }).sorted(by: { $0.key < $1.key }) {
            let value = try await backend.isPassword(name) ? Self.obscured(value, program) : value
            lines.append("\(name) = \(value)")
        }
        let text = lines.joined(separator: "\n") + "\n"
        let scratch = scratch
        path = try await BlockingWork.run {
            let path = try scratch.newPath()
            try PlainFile(path).write(ByteBuffer(string: text))
            return path
        }
    }

    deinit { scratch.drop(path) }

    /// As rclone wants passwords in its file. It reads them from its input.
    private static func obscured(_ value: String, _ program: RcloneProgram) async throws -> String {
        let answer = try await program.run(["obscure", "-"], input: value)
        guard answer.code == 0 else { throw Failure(.internalError, "rclone could not write down a password.") }
        return answer.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
