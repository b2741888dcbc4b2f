import Delivery
import Domain
import Foundation
import Storage
import TestSupport
import Testing

@Suite("What rclone speaks, as a destination", .timeLimit(.minutes(5)))
struct RcloneDestinationTests {
    private let folder: TemporaryFolder
    private let program: RcloneProgram

    init() throws {
        folder = try TemporaryFolder()
        program = RcloneProgram(
            program: try S3Server.program("rclone"), scratch: ScratchFolder(path: folder.file("scratch")))
    }

    private func open(_ server: RcloneServer, password: String = RcloneServer.password) async throws
        -> RcloneDestination
    {
        let place = RclonePlace(backend: server.kind.rawValue, options: server.options, path: "in")
        return try await RcloneDestination(place, secrets: ["pass": password], program: program)
    }

    private func file(_ name: String, _ text: String) throws -> OutgoingFile {
        let path = folder.file(UUID().uuidString)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return OutgoingFile(
            path: path, name: name, size: Int64(text.utf8.count), sha256: DeliveryScene.hash(text), type: "image/jpeg")
    }

    @Test(
        "a file is put, replaced, listed, read and deleted", arguments: [RcloneServer.Kind.sftp, .webdav])
    func life(kind: RcloneServer.Kind) async throws {
        let server = try await RcloneServer(kind)
        let place = try await open(server)
        #expect(try await place.list(after: nil, limit: 9).isEmpty)
        try await place.check()
        try await place.put(try file("CAM 1/a é.jpg", "first"))
        // Of the same size and second.
        try await place.put(try file("CAM 1/a é.jpg", "again"))
        try await place.put(try file("b.jpg", "b"))
        let there = try String(contentsOfFile: "\(server.root)/in/CAM 1/a é.jpg", encoding: .utf8)
        #expect(there == "again")
        #expect(try await place.list(after: nil, limit: 1) == [DeliveredEntry(name: "CAM 1/a é.jpg", size: 5)])
        #expect(try await place.list(after: "CAM 1/a é.jpg", limit: 9).map(\.name) == ["b.jpg"])
        try await place.read("b.jpg", into: folder.file("copy"))
        #expect(try String(contentsOfFile: folder.file("copy"), encoding: .utf8) == "b")
        for name in ["b.jpg", "b.jpg", "CAM 1/a é.jpg"] { try await place.delete(name) }
        #expect(try await place.list(after: nil, limit: 9).isEmpty)
        await #expect(throws: Failure.self) { try await place.read("b.jpg", into: folder.file("other")) }
    }

    @Test("what is wrong is said, and no password in it; its configuration is private and goes with it")
    func wrong() async throws {
        let server = try await RcloneServer(.sftp)
        let secret = "not the \"password\""
        var place: RcloneDestination? = try await open(server, password: secret)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("scratch"))
        #expect(names.count == 1)
        let path = "\(folder.file("scratch"))/\(names.first ?? "")"
        let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(rights == 0o600)
        #expect(try !String(contentsOfFile: path, encoding: .utf8).contains(secret))
        let failure = try await #require(throws: Failure.self) { try await place?.check() }
        #expect(failure.code == .unavailable && failure.message.contains("sftp does not work"))
        #expect(!failure.message.contains(secret))
        try await server.stop()
        let gone = try await #require(throws: Failure.self) { try await place?.check() }
        #expect(gone.code == .unavailable)
        place = nil
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("scratch")).isEmpty)
    }

    @Test("a machine without rclone says so")
    func missing() async throws {
        let none = RcloneProgram(program: folder.file("rclone"), scratch: ScratchFolder(path: folder.file("scratch")))
        let failure = try await #require(throws: Failure.self) {
            try await RcloneDestination(
                RclonePlace(backend: "never-heard-of", options: [:]), secrets: [:], program: none)
        }
        #expect(failure.message.contains("install it"))
    }
}
