import Domain
import Foundation
import TestSupport
import Testing

@Suite("Routes of the built server when the link is cut", .timeLimit(.minutes(10)))
struct RouteOutageTests {
    @Test("a partner whose server goes away, and a server that is killed in the middle: no gap, no double")
    func cut() async throws {
        let remote = try await RcloneServer(.sftp)
        let run = try await RouteRun()
        let route = try await run.makeRoute(["hd"], to: [try remote.destination()])
        var ids: [String] = []
        func send(_ range: Range<Int>) async throws {
            for index in range {
                ids.append(try await run.batch.send(TestJPEG.drive(index).data(), name: "\(index).jpg"))
            }
        }
        try await send(0..<3)
        try await eventually { try RouteRun.hashes(remote.root).count >= 1 }
        try await remote.stop()
        try await send(3..<8)
        try await eventually {
            let state = try await run.route(route).destinations[0].state
            return !state.works && state.waiting >= 5 && state.deadLetters == 0
        }
        try await run.server.kill()
        try await run.server.start()
        try await remote.start()
        try await eventually { try RouteRun.hashes(remote.root).count >= 4 }
        try await run.server.kill()
        try await run.server.start()
        try await run.batch.finish()
        try await run.drain(route)
        let there = try RouteRun.hashes(remote.root)
        #expect(there.count == 8)
        #expect(try await run.expected(ids) == Set(there.values))
        // And what was half sent has left nothing.
        #expect(DataFolder(path: remote.root).files().count == 8)
        let data = DataFolder(path: run.server.data)
        try await eventually { data.files().allSatisfy { !$0.hasPrefix("scratch/") } }
    }
}
