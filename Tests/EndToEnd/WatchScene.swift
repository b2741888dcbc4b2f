import Domain
import Foundation
import Glibc
import Synchronization
import TestSupport

/// A server, and a folder at a site with an agent that delivers to it.
final class WatchScene: Sendable {
    let server: BuiltServer
    let folder: TemporaryFolder
    /// Where the token is, and what else is not to be delivered.
    let tokens: TemporaryFolder
    private let client: Client
    private let token: String

    init() async throws {
        server = try BuiltServer()
        folder = try TemporaryFolder()
        tokens = try TemporaryFolder()
        try await server.start()
        try await server.wayside("label", "create", "site 1", "--redaction", "none", "--confirm")
        try await server.wayside("account", "create", "box", "--role", "field")
        try await server.wayside("label", "grant", "site 1", "box")
        token = try await server.wayside("token", "create", "box")
        client = Client(server, token: token)
        try allow()
    }

    /// Gives the agent its token.
    func allow() throws { try Data("\(token)\n".utf8).write(to: URL(filePath: tokens.file("token"))) }

    /// A picture of at least so many bytes; its size.
    @discardableResult
    func put(_ index: Int, kilobytes: Int = 0) throws -> Int {
        var data = TestJPEG.drive(index).data()
        // After the end of the picture, where cameras put previews.
        var random = SeededBytes(seed: UInt64(index + 1))
        data += random.bytes(max(0, kilobytes * 1000 - data.count))
        let place = folder.file("G\(index).JPG")
        try data.write(to: URL(filePath: place))
        // Each as old as its number says.
        try FileManager.default.setAttributes(
            [.modificationDate: Date.now.addingTimeInterval(Double(index - 100))], ofItemAtPath: place)
        return data.count
    }

    /// A picture that does not say where it was taken.
    func putUnplaced(_ name: String) throws {
        var picture = TestJPEG()
        picture.position = nil
        try picture.data().write(to: URL(filePath: folder.file(name)))
    }

    func names() -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { !$0.hasPrefix(".") }
            .sorted()
    }

    private func arguments(port: Int, _ more: [String]) -> [String] {
        [
            "watch", folder.path, "--label", "site 1", "--to", "http://127.0.0.1:\(port)", "--token-file",
            tokens.file("token"), "--patience", "1s",
        ] + more
    }

    func agent(port: Int, _ more: [String] = []) throws -> BuiltAgent {
        BuiltAgent(arguments: arguments(port: port, more), log: tokens.file("log"))
    }

    func once(_ more: String...) async throws -> BuiltServer.CommandResult {
        try await server.command(arguments(port: server.port, ["--once"] + more))
    }

    // MARK: What the server has

    private struct Sets: Decodable {
        let uploadSets: [SetDocument]
    }

    func sets() async throws -> [SetDocument] {
        try await client.get("/api/users/me/upload_sets?filter=").decode(Sets.self).uploadSets
    }

    func files() async throws -> [FilesDocument.File] {
        var files: [FilesDocument.File] = []
        for set in try await sets() {
            files += try await client.get("/api/upload_sets/\(set.id)/files").decode(FilesDocument.self).files
        }
        return files
    }

    func received() async throws -> Int { try await files().count }
}

/// `wayside watch` as a child process.
final class BuiltAgent: Sendable {
    private let arguments: [String]
    private let logFile: String
    private let process = Mutex<Process?>(nil)

    init(arguments: [String], log: String) {
        self.arguments = arguments
        logFile = log
    }

    deinit { kill() }

    var isRunning: Bool { process.withLock { $0?.isRunning ?? false } }
    var log: String { (try? String(contentsOfFile: logFile, encoding: .utf8)) ?? "" }

    func start() throws {
        if !FileManager.default.fileExists(atPath: logFile) { try Data().write(to: URL(filePath: logFile)) }
        let output = try FileHandle(forWritingTo: URL(filePath: logFile))
        try output.seekToEnd()
        let agent = Process()
        agent.executableURL = try BuiltServer.program("wayside")
        agent.arguments = arguments
        agent.environment = ["PATH": "/usr/bin:/bin"]
        agent.standardInput = FileHandle.nullDevice
        agent.standardOutput = output
        agent.standardError = output
        try agent.run()
        process.withLock { $0 = agent }
    }

    func kill() { process.withLock { $0.map { _ = Glibc.kill($0.processIdentifier, SIGKILL) } } }

    func stop() async throws -> Int32 {
        process.withLock { $0.map { _ = Glibc.kill($0.processIdentifier, SIGTERM) } }
        try await eventually { !self.isRunning }
        return process.withLock { $0?.terminationStatus ?? -1 }
    }
}

/// Bytes that nothing makes smaller, the same each time.
private struct SeededBytes {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func bytes(_ count: Int) -> Data {
        var data = Data(capacity: count)
        for _ in 0..<count {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            data.append(UInt8(truncatingIfNeeded: state))
        }
        return data
    }
}
