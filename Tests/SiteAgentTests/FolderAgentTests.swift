import Domain
import Foundation
import Logging
import Peer
import SiteAgent
import Storage
import TestSupport
import Testing

@Suite("An agent whose server does not answer")
struct FolderAgentTests {
    private let folder: TemporaryFolder
    private let moment = TestCatalogue.epoch

    init() throws { folder = try TemporaryFolder() }

    private func agent(_ change: (inout AgentRules) -> Void = { _ in }) throws -> FolderAgent {
        var rules = AgentRules(label: "car-7", patience: 3)
        change(&rules)
        // The port is one that nobody listens on.
        return try FolderAgent(
            folder: folder.path, journal: AgentJournal(path: folder.file(".state")),
            server: PeerServer(try PeerAddress("http://127.0.0.1:1", token: "t")), part: 1000, rules: rules,
            logger: Logger(label: "test"))
    }

    private var pictures: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { !$0.hasPrefix(".") }
            .sorted()
    }

    @Test("keeps what comes, JPEG and raw, knows it after a restart, and removes nothing however full it is")
    func buffer() async throws {
        for name in ["1.JPG", "1.NEF", "2.JPG"] { try Data(name.utf8).write(to: URL(filePath: folder.file(name))) }
        var first = try agent { ($0.keep, $0.keepSize) = (1, 1) }
        #expect(try await first.look(at: moment).unripe == 3)
        #expect(try await first.look(at: moment.addingTimeInterval(3)).waiting == 3)
        var second = try agent { ($0.keep, $0.keepSize) = (1, 1) }
        let result = try await second.look(at: moment.addingTimeInterval(1_000_000))
        #expect(result.pruned == 0 && result.waiting == 3)
        #expect(pictures == ["1.JPG", "1.NEF", "2.JPG"])
    }

    /// A journal that says of these files that they are delivered and, unless told otherwise, pictures there.
    private func deliver(_ names: [String], at delivered: Date, isPrepared: Bool = true) throws {
        let journal = try AgentJournal(path: folder.file(".state"))
        for name in names {
            let path = folder.file(name)
            try Data(repeating: 7, count: 100).write(to: URL(filePath: path))
            let file = try SharedFolder(folder.path).file(name)
            var record = AgentRecord(
                path: name, stamp: try file.stamp(), sha256: "", writtenAt: delivered, set: "2026-06-01")
            record.state = .delivered
            record.deliveredAt = delivered
            if isPrepared { record.preparedAt = delivered }
            try journal.store(record)
        }
    }

    @Test("removes what was delivered once its time is over, but not what was written to since")
    func age() async throws {
        try deliver(["1.JPG", "2.JPG"], at: moment)
        try deliver(["3.JPG"], at: moment.addingTimeInterval(50))
        try Data("other".utf8).write(to: URL(filePath: folder.file("2.JPG")))
        var agent = try agent { $0.keep = 100 }
        #expect(try await agent.look(at: moment.addingTimeInterval(99)).pruned == 0)
        #expect(try await agent.look(at: moment.addingTimeInterval(101)).pruned == 1)
        #expect(pictures == ["2.JPG", "3.JPG"])
    }

    @Test("what the server holds and has not made a picture of stays, however old and full")
    func unsettled() async throws {
        try deliver(["1.JPG"], at: moment, isPrepared: false)
        try deliver(["2.JPG"], at: moment)
        var agent = try agent { ($0.keep, $0.keepSize) = (100, 1) }
        #expect(try await agent.look(at: moment.addingTimeInterval(1_000)).pruned == 1)
        #expect(pictures == ["1.JPG"])
    }

    @Test("removes the oldest of what was delivered when there is too much")
    func size() async throws {
        try deliver(["3.JPG"], at: moment)
        try deliver(["1.JPG"], at: moment.addingTimeInterval(1))
        try deliver(["2.JPG"], at: moment.addingTimeInterval(2))
        var agent = try agent { $0.keepSize = 150 }
        #expect(try await agent.look(at: moment.addingTimeInterval(10)).pruned == 2)
        #expect(pictures == ["2.JPG"])
    }

    @Test("an entry of the journal that was cut off is as none: the file is delivered again")
    func torn() async throws {
        try deliver(["1.JPG"], at: moment)
        let files = folder.file(".state/files")
        for name in try FileManager.default.contentsOfDirectory(atPath: files) {
            try Data("{".utf8).write(to: URL(filePath: "\(files)/\(name)"))
        }
        var agent = try agent { $0.keepSize = 1 }
        _ = try await agent.look(at: moment)
        let result = try await agent.look(at: moment.addingTimeInterval(3))
        #expect(result.waiting == 1 && result.pruned == 0)
    }
}
