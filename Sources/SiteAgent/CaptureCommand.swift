import Domain
import Foundation
import Glibc
import Subprocess
import Synchronization
import SystemPackage

/// A program that takes a picture, run without a shell, in the folder, with a time limit.
package struct CaptureCommand: Sendable {
    let arguments: [String]
    /// Where it runs, so that what it writes is found.
    let folder: String
    /// Seconds.
    let limit: TimeInterval
    let zone: TimeZone

    /// Between being asked to end and being ended. Seconds.
    private static let grace = 5.0
    private static let complaint = 2000

    package init(_ arguments: [String], folder: String, limit: TimeInterval, zone: TimeZone) {
        self.arguments = arguments
        self.folder = folder
        self.limit = limit
        self.zone = zone
    }

    /// Returns when the program has ended and succeeded; throws `.unavailable` with what it said last when it has not.
    package func run() async throws {
        let group = ProcessGroup()
        let said = Tail(Self.complaint)
        let status: TerminationStatus
        do {
            status = try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { [limit] in
                    try await Task.sleep(for: .seconds(limit))
                    group.end(SIGTERM)
                    try await Task.sleep(for: .seconds(Self.grace))
                    group.end(SIGKILL)
                }
                defer { tasks.cancelAll() }
                return try await run(in: group, said)
            }
        } catch {
            group.end(SIGKILL)
            if error is CancellationError || Task.isCancelled { throw CancellationError() }
            throw Failure(.unavailable, "“\(arguments[0])” cannot be run.", underlying: error)
        }
        try Task.checkCancellation()
        // What it has left running would overlap with the next.
        let wasEnded = group.wasEnded
        group.end(SIGKILL)
        guard !wasEnded else {
            throw Failure(
                .unavailable, "“\(arguments[0])” took longer than \(Int(limit)) seconds and was ended. \(said.text)")
        }
        switch status {
        case .exited(0): return
        case .exited(let code): throw Failure(.unavailable, "“\(arguments[0])” ended with \(code). \(said.text)")
        case .signaled(let signal):
            throw Failure(.unavailable, "“\(arguments[0])” was ended by signal \(signal). \(said.text)")
        }
    }

    private func run(in group: ProcessGroup, _ said: Tail) async throws -> TerminationStatus {
        try await withTaskCancellationHandler {
            try await Subprocess.run(configuration, input: .none, output: .discarded, error: .sequence) { process in
                group.begin(process.processIdentifier.value)
                for try await buffer in process.standardError { said.add(buffer.withUnsafeBytes { Array($0) }) }
            }.terminationStatus
        } onCancel: {
            group.end(SIGKILL)
        }
    }

    private var configuration: Configuration {
        var options = PlatformOptions()
        options.processGroupID = 0
        let own = ProcessInfo.processInfo.environment
        var environment: [Environment.Key: String] = [
            "PATH": own["PATH"] ?? "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": zone.identifier,
        ]
        if let home = own["HOME"] { environment["HOME"] = home }
        let program = arguments[0].contains("/") ? Executable.path(FilePath(arguments[0])) : .name(arguments[0])
        return Configuration(
            executable: program, arguments: Arguments(Array(arguments.dropFirst())),
            environment: .custom(environment), workingDirectory: FilePath(folder), platformOptions: options)
    }
}

/// The processes of one command.
private final class ProcessGroup: Sendable {
    private struct State {
        var leader: Int32?
        var isEnded = false
    }

    private let state = Mutex(State())

    func begin(_ leader: Int32) { state.withLock { $0.leader = leader } }

    /// Whether it was told to end before it had.
    var wasEnded: Bool { state.withLock { $0.isEnded } }

    func end(_ signal: Int32) {
        state.withLock { state in
            state.isEnded = true
            if let leader = state.leader { kill(-leader, signal) }
        }
    }
}

/// The end of what a program says.
private final class Tail: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    private let count: Int

    init(_ count: Int) { self.count = count }

    func add(_ more: [UInt8]) {
        bytes.withLock { bytes in
            bytes += more
            if bytes.count > count { bytes.removeFirst(bytes.count - count) }
        }
    }

    /// In one line.
    var text: String {
        let text = bytes.withLock { String(decoding: $0, as: UTF8.self) }
        return text.split(whereSeparator: \.isNewline).joined(separator: " · ").trimmingCharacters(in: .whitespaces)
    }
}
