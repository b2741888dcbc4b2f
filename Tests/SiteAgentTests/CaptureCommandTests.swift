import Domain
import Foundation
import Logging
import SiteAgent
import TestSupport
import Testing

@Suite("A command that takes a picture")
struct CaptureCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func command(_ text: String, limit: TimeInterval = 60) throws -> CaptureCommand {
        CaptureCommand(try Words.arguments(text), folder: folder.path, limit: limit, zone: .gmt)
    }

    @Test("it runs in the folder, with next to nothing in its environment, and no shell reads it")
    func run() async throws {
        try await command(#"sh -c 'env | cut -d= -f1 | sort > seen; echo $0 >> seen' '$(touch bad)'"#).run()
        let seen = try String(contentsOfFile: folder.file("seen"), encoding: .utf8).split(separator: "\n")
        #expect(
            Set(seen).subtracting(["PWD", "SHLVL", "_", "OLDPWD"]) == ["HOME", "LANG", "PATH", "TZ", "$(touch bad)"])
        #expect(!FileManager.default.fileExists(atPath: folder.file("bad")))
    }

    @Test("one that fails is said with its last words")
    func fails() async throws {
        await #expect {
            try await command(#"sh -c 'echo no camera >&2; exit 3'"#).run()
        } throws: { ($0 as? Failure)?.message == "“sh” ended with 3. no camera" }
        await #expect {
            try await command("no-such-program-anywhere --capture").run()
        } throws: { ($0 as? Failure)?.message == "“no-such-program-anywhere” cannot be run." }
    }

    @Test("one that hangs is ended with all that it started, even if it will not hear")
    func hangs() async throws {
        await #expect {
            try await command(#"sh -c 'trap "" TERM; sleep 600 & echo $! > child; wait; sleep 600'"#, limit: 1).run()
        } throws: { ($0 as? Failure)?.message.contains("took longer than 1 seconds") == true }
        let child = try String(contentsOfFile: folder.file("child"), encoding: .utf8).trimmingCharacters(in: .newlines)
        try await eventually { !Self.isAlive(child) }
    }

    @Test("failures are counted, and the next capture is taken all the same")
    func counted() async throws {
        let schedule = try CaptureSchedule(every: 60, between: nil, zone: .gmt)
        let text = #"sh -c 'test -e first || { touch first; exit 1; }'"#
        let service = CaptureService(try command(text), schedule, logger: Logger(label: "test"))
        var tally = CaptureService.Tally()
        try await service.take(.now, &tally)
        #expect(tally.taken == 0 && tally.failed == 1)
        try await service.take(.now, &tally)
        #expect(tally.taken == 1 && tally.failed == 1)
    }

    private static func isAlive(_ pid: String) -> Bool {
        let status = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
        // What nobody has waited for yet is dead, too.
        return !status.isEmpty && !status.contains(") Z ")
    }
}
