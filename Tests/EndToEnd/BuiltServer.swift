import Domain
import Foundation
import Glibc
import Synchronization
import TestSupport

/// The built `wayside` as a child process: a free loopback port, a data folder of its own, and a log to look at.
final class BuiltServer: Sendable {
    let folder: TemporaryFolder
    let port: Int
    private let settings: [String: String]
    private let process = Mutex<Process?>(nil)

    /// - Parameter settings: more environment, such as `WAYSIDE_MAX_PIXELS`.
    init(_ settings: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        port = try Self.freePort()
        self.settings = settings
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    }

    deinit { process.withLock { $0.map { _ = Glibc.kill($0.processIdentifier, SIGKILL) } } }

    var data: String { settings["WAYSIDE_DATA"] ?? folder.file("data") }
    var origin: String { "http://127.0.0.1:\(port)" }
    var processIdentifier: Int32 { process.withLock { $0?.processIdentifier ?? -1 } }
    var isRunning: Bool { process.withLock { $0?.isRunning ?? false } }

    /// The last lines the server has logged.
    var log: String {
        let text = (try? String(contentsOfFile: folder.file("log"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(40).joined(separator: "\n")
    }

    // MARK: The server

    /// Starts it and returns when it answers.
    func start() async throws {
        let log = folder.file("log")
        if !FileManager.default.fileExists(atPath: log) { try Data().write(to: URL(fileURLWithPath: log)) }
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        try output.seekToEnd()
        let server = Process()
        server.executableURL = try Self.program("wayside")
        server.arguments = ["serve"]
        server.environment = environment
        server.currentDirectoryURL = try Self.packageFolder()
        server.standardInput = FileHandle.nullDevice
        server.standardOutput = output
        server.standardError = output
        try server.run()
        process.withLock { $0 = server }
        let client = Client(self)
        do {
            try await eventually(within: .seconds(60)) {
                guard self.isRunning else { throw ServerEnded(log: self.log) }
                return (try? await client.get("/api/live"))?.status == 200
            }
        } catch is Failure {
            throw ServerEnded(log: self.log)
        }
    }

    /// Kill −9, at once, and waits until the process is gone.
    func kill() async throws {
        _ = Glibc.kill(processIdentifier, SIGKILL)
        try await eventually { !self.isRunning }
    }

    /// Stops it as an operator would; the exit status.
    @discardableResult
    func stop() async throws -> Int32 {
        guard isRunning else { return -1 }
        _ = Glibc.kill(processIdentifier, SIGTERM)
        try await eventually(within: .seconds(60)) { !self.isRunning }
        return process.withLock { $0?.terminationStatus ?? -1 }
    }

    struct ServerEnded: Error, CustomStringConvertible {
        let log: String
        var description: String { "The server did not come up.\n\(log)" }
    }

    // MARK: The command line

    struct CommandResult: Sendable {
        let status: Int32
        let output: String
        let errors: String
    }

    /// Starts a command to be killed; its process id.
    func launch(_ arguments: [String]) throws -> Int32 {
        let command = Process()
        command.executableURL = try Self.program("wayside")
        command.arguments = arguments
        command.environment = environment
        command.currentDirectoryURL = try Self.packageFolder()
        command.standardOutput = FileHandle.nullDevice
        command.standardError = FileHandle.nullDevice
        try command.run()
        process.withLock { $0 = command }
        return command.processIdentifier
    }

    /// Runs a `wayside` command beside the server.
    func command(_ arguments: [String], input: String = "") async throws -> CommandResult {
        let command = Process()
        command.executableURL = try Self.program("wayside")
        command.arguments = arguments
        command.environment = environment
        command.currentDirectoryURL = try Self.packageFolder()
        let (standardInput, output, errors) = (Pipe(), Pipe(), Pipe())
        command.standardInput = standardInput
        command.standardOutput = output
        command.standardError = errors
        try command.run()
        try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        let handles = (output.fileHandleForReading, errors.fileHandleForReading)
        async let text = Self.blocking { try handles.0.readToEnd() ?? Data() }
        async let complaints = Self.blocking { try handles.1.readToEnd() ?? Data() }
        let (written, complained) = try await (text, complaints)
        let running = Mutex(command)
        try await eventually(within: .seconds(60)) { running.withLock { !$0.isRunning } }
        return CommandResult(
            status: running.withLock { $0.terminationStatus },
            output: String(decoding: written, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines),
            errors: String(decoding: complained, as: UTF8.self))
    }

    /// Runs a command that must succeed; its standard output.
    @discardableResult
    func wayside(_ arguments: String..., input: String = "") async throws -> String {
        let result = try await command(arguments, input: input)
        guard result.status == 0 else { throw CommandFailed(arguments: arguments, result: result) }
        return result.output
    }

    struct CommandFailed: Error, CustomStringConvertible {
        let arguments: [String]
        let result: CommandResult
        var description: String { "wayside \(arguments.joined(separator: " ")): \(result.status) \(result.errors)" }
    }

    // MARK: Where things are

    var environment: [String: String] {
        // Without colours, home or settings of whoever runs the tests.
        let own = ["WAYSIDE_DATA": folder.file("data"), "WAYSIDE_HOST": "127.0.0.1", "WAYSIDE_PORT": "\(port)"]
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return own.merging(["PATH": path], uniquingKeysWith: { $1 }).merging(settings, uniquingKeysWith: { $1 })
    }

    /// A program of this package, built beside the test bundle.
    static func program(_ name: String) throws -> URL {
        let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let program = bundle.deletingLastPathComponent().appendingPathComponent(name)
        guard FileManager.default.isExecutableFile(atPath: program.path) else { throw NotBuilt(path: program.path) }
        return program
    }

    struct NotBuilt: Error { let path: String }

    /// The folder that holds `Templates` and `Public`.
    private static func packageFolder() throws -> URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    private static func freePort() throws -> Int {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in.loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRINUSE) }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Runs blocking work on a thread of its own.
    static func blocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result(catching: work)) }
        }
    }
}

extension sockaddr_in {
    static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
