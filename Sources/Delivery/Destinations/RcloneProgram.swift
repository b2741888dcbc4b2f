import Domain
import Foundation
import Storage
import Subprocess
import SystemPackage

/// Runs rclone: with arguments as a list, next to no environment, and a configuration file that only this server can read.
package struct RcloneProgram: Sendable {
    /// A name to be looked for in `PATH`, or a path.
    private let program: String
    /// Where its configuration files are, each as long as it is needed.
    let scratch: ScratchFolder

    package init(program: String, scratch: ScratchFolder) {
        self.program = program
        self.scratch = scratch
    }

    struct Answer: Sendable {
        let code: Int32
        let output: String
        let errors: String
    }

    private static let largestOutput = 512 << 20
    private static let largestErrors = 256 << 10

    /// - Parameters:
    ///   - input: what it reads; no secret is ever an argument, which everybody on the machine can see.
    /// - Throws: `.unprocessable` when there is no such program; `CancellationError`.
    func run(_ arguments: [String], input: String = "") async throws -> Answer {
        var environment: [Environment.Key: String] = ["LANG": "C.UTF-8", "HOME": "/nonexistent"]
        environment["PATH"] = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        var options = PlatformOptions()
        options.processGroupID = 0
        do {
            let result = try await Subprocess.run(
                program.contains("/") ? .path(FilePath(program)) : .name(program), arguments: Arguments(arguments),
                environment: .custom(environment), platformOptions: options, input: .string(input),
                output: .string(limit: Self.largestOutput), error: .string(limit: Self.largestErrors))
            try Task.checkCancellation()
            let code: Int32 = if case .exited(let code) = result.terminationStatus { code } else { -1 }
            return Answer(code: code, output: result.standardOutput, errors: result.standardError)
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            throw Failure(
                .unavailable,
                "The program rclone cannot be run; install it, or say where it is with the setting rclone.",
                underlying: error)
        }
    }
}
