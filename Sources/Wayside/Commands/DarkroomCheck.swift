import Domain
import Foundation
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
        let output = Pipe()
        process.executableURL = URL(filePath: settings.darkroom)
        process.arguments = settings.darkroomSettings.arguments + ["--check", "--forbidden", settings.data.catalogue]
        process.environment = [:]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        let text = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { _ in
                continuation.resume(returning: (try? output.fileHandleForReading.readToEnd()) ?? Data())
            }
            do {
                try process.run()
            } catch {
                continuation.resume(throwing: Failure(.unavailable, "The darkroom does not start.", underlying: error))
            }
        }
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
        let report = "\(settings.darkroom)" + lines.map { "\n                  \($0)" }.joined()
        guard process.terminationStatus == 0 else { throw Failure(.unavailable, report) }
        return report
    }
}
