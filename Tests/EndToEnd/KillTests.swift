import Domain
import Foundation
import TestSupport
import Testing

/// The promise behind "acknowledged means durable": kill −9 at any moment loses nothing and doubles nothing.
///
/// `WAYSIDE_PICTURES` and `WAYSIDE_KILLS` make the batch and the number of kills larger than in an ordinary run.
@Suite("Kill −9 in the middle of a batch", .serialized, .timeLimit(.minutes(20)))
struct KillTests {
    private static func setting(_ name: String, _ usual: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? usual
    }

    private let count = setting("WAYSIDE_PICTURES", 24)
    private let kills = setting("WAYSIDE_KILLS", 6)

    private func name(_ index: Int) -> String { String(format: "%dGOPRO/G%05d.JPG", 100 + index / 100, index) }

    /// Two trips, far enough apart to be two sequences.
    private func picture(_ index: Int) -> Data {
        let trip = index * 2 < count ? 0 : 1
        var jpeg = TestJPEG.drive(index, from: GeoPoint(longitude: 2.35 + Double(trip), latitude: 48.85))
        jpeg.width = 1_024
        jpeg.height = 768
        return jpeg.data()
    }

    @Test(
        "the batch ends with the same pictures, sequences and bytes as without kills, and nothing left over",
        arguments: Place.allCases)
    func killed(place: Place) async throws {
        let expected = try await undisturbed()

        let placed = try await place.server()
        let server = placed.server
        try await server.start()
        let batch = try await Batch.open(on: server)
        var ids: [String: String] = [:]
        let bounds = (0...kills).map { $0 * count / max(1, kills) }
        for (first, end) in zip(bounds, bounds.dropFirst()) {
            async let sent = send(first..<end, to: batch)
            // The moment of the kill, not a wait for something: any will do, so each run tries others.
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...600)))
            try await server.kill()
            try await server.start()
            ids.merge(try await sent) { $1 }
        }
        if kills == 0 { ids = try await send(0..<count, to: batch) }
        try await batch.finish()

        let outcome = try await batch.outcome()
        #expect(outcome.map { $0.map(\.name) } == expected.map { $0.map(\.name) })
        for (picture, same) in zip(outcome.joined(), expected.joined()) {
            #expect(picture.hashes == same.hashes, "\(picture.name)")
        }
        let pictures = outcome.flatMap { $0 }
        #expect(Set(pictures.map(\.id)).count == count)
        // An acknowledged picture keeps its id.
        for picture in pictures { #expect(ids[picture.name] == picture.id) }
        let files = try await batch.files()
        #expect(files.count == count)
        #expect(files.allSatisfy { $0.rejected == nil })
        let status = try await batch.status()
        #expect(status.itemsStatus == .init(prepared: count, preparing: 0, broken: 0, rejected: 0, notProcessed: 0))

        let folder = DataFolder(path: server.data)
        try await eventually { folder.staged().isEmpty && folder.working().isEmpty }
        #expect(try await placed.objects().count == 3 * count)
        // The children of the servers that were killed are gone with them.
        try await eventually { folder.children().allSatisfy { parent(of: $0) == server.processIdentifier } }
        try await server.stop()
        try await eventually { folder.children().isEmpty }
    }

    private func undisturbed() async throws -> [[Batch.Outcome]] {
        let server = try BuiltServer()
        try await server.start()
        let batch = try await Batch.open(on: server)
        let ids = try await send(0..<count, to: batch)
        try await batch.finish()
        let outcome = try await batch.outcome()
        #expect(outcome.count == 2)
        #expect(outcome.flatMap { $0 }.count == count)
        #expect(Set(ids.values).count == count)
        try await server.stop()
        return outcome
    }

    private func send(_ range: Range<Int>, to batch: Batch) async throws -> [String: String] {
        try await withThrowingTaskGroup(of: (String, String).self) { group in
            var ids: [String: String] = [:]
            for index in range {
                if index - range.lowerBound >= 4, let (name, id) = try await group.next() { ids[name] = id }
                group.addTask { (name(index), try await batch.send(picture(index), name: name(index))) }
            }
            for try await (name, id) in group { ids[name] = id }
            return ids
        }
    }

    private func parent(of pid: Int32) -> Int32? {
        let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        // The name in brackets may hold spaces; the parent is the second field after it.
        return text?.split(separator: ")").last?.split(separator: " ").dropFirst().first.flatMap { Int32($0) }
    }
}
