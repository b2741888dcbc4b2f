import Domain
import Foundation
import Glibc
import Pipeline

/// Has a darkroom load its models and run each once.
struct DarkroomCheck {
    let settings: Settings

    /// What it said, line by line; throws when it is missing or not content.
    func run() async throws -> String {
        guard FileManager.default.isExecutableFile(atPath: settings.darkroom) else {
            throw Failure(.notFound, "There is no program \(settings.darkroom).")
        }
        let process = Process()
        // A file, since a pipe that nobody empties stops who writes much into it.
        let said = FileManager.default.temporaryDirectory.appending(path: "wayside-check-\(PictureID())")
        let output = try Self.file(said)
        defer { try? FileManager.default.removeItem(at: said) }
        process.executableURL = URL(filePath: settings.darkroom)
        process.arguments = settings.darkroomSettings.arguments + ["--check", "--forbidden", settings.data.catalogue]
        process.environment = [:]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        guard try await Self.finish(process) else {
            throw Failure(.unavailable, "\(settings.darkroom) did not come to an end within \(Self.limit).")
        }
        let text = (try? Data(contentsOf: said)) ?? Data()
        let lines = String(decoding: text.prefix(Self.most), as: UTF8.self).split(separator: "\n")
        let report = "\(settings.darkroom)" + lines.map { "\n                  \($0)" }.joined()
        guard process.terminationStatus == 0 else { throw Failure(.unavailable, report) }
        return report
    }

    /// Loading every model takes seconds.
    private static let limit = Duration.seconds(120)
    /// Bytes of what it said.
    private static let most = 1 << 20

    private static func file(_ url: URL) throws -> FileHandle {
        guard FileManager.default.createFile(atPath: url.path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: url.path)
        else { throw Failure(.unavailable, "The file \(url.path) cannot be written.") }
        return file
    }

    /// Starts it and waits for its end; false when it had to be killed.
    private static func finish(_ process: Process) async throws -> Bool {
        let (ends, end) = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in end.finish() }
        do {
            try process.run()
        } catch {
            throw Failure(.unavailable, "The darkroom does not start.", underlying: error)
        }
        let pid = process.processIdentifier
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                for await _ in ends {}
                return true
            }
            group.addTask {
                try? await Task.sleep(for: limit)
                return false
            }
            let isFinished = await group.next() ?? false
            if !isFinished { kill(pid, SIGKILL) }
            group.cancelAll()
            return isFinished
        }
    }
}
