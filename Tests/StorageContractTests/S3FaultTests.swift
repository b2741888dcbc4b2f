import Domain
import Foundation
import NIOCore
import NIOHTTP1
import Storage
import StorageS3
import Synchronization
import TestSupport
import Testing

/// A store that fails now and then: what it was given is there, whole and once.
@Suite("A store in a bucket, with faults on the way", .timeLimit(.minutes(10)))
struct S3FaultTests {
    private static func bytes(_ seed: Int, _ size: Int) -> [UInt8] {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        return (0..<size).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 33)
        }
    }

    /// - Parameter silence: what a stall takes; an answer that is slow on a busy machine must not be taken for one.
    private func withStore(
        silence: Duration = .seconds(60), _ plan: @escaping FaultProxy.Plan,
        _ body: (StoreUnderTest, FaultProxy) async throws -> Void
    ) async throws {
        let server = try await S3Server.shared(.seaweedFS)
        let folder = try TemporaryFolder()
        let quick = Patience(
            attempts: 8, base: .milliseconds(1), longest: .milliseconds(20), connecting: .seconds(60), silence: silence)
        try await FaultProxy.with(server.port, plan: plan) { proxy in
            let bucket = try await server.makeBucket()
            let store = S3Store(bucket: try server.bucket(bucket.name, port: proxy.port), patience: quick)
            do {
                try await body(StoreUnderTest(store: store, folder: URL(filePath: folder.path)), proxy)
            } catch let failure as Failure {
                // Its reason is for the log only; here it is what one wants to know.
                throw failure.underlying ?? failure
            }
        }
    }

    @Test("survives each fault, in each verb", arguments: Fault.allCases)
    func each(fault: Fault) async throws {
        // Each first try goes wrong.
        let seen = Mutex<Set<String>>([])
        let plan: FaultProxy.Plan = { head in
            seen.withLock { $0.insert("\(head.method) \(head.uri)").inserted } ? fault : nil
        }
        try await withStore(silence: .seconds(fault == .stall ? 3 : 60), plan) { test, proxy in
            let id = PictureID()
            let (small, large) = (Self.bytes(1, 1000), Self.bytes(2, 3_000_000))
            let keys = [ObjectKey.derivative(id, revision: 1, .thumb), .derivative(id, revision: 1, .hd)]
            try await test.put(keys[0], small)
            try await test.put(keys[1], large)
            #expect(try await test.store.head(keys[1]) == 3_000_000)
            #expect(try await test.read(keys[0]).bytes == small)
            #expect(try await test.read(keys[1]).bytes == large)
            #expect(try await test.read(keys[1], 1_000_000..<2_500_000).bytes == Array(large[1_000_000..<2_500_000]))
            let prefix = ObjectKey.prefix(of: id)
            try await test.store.move(prefix: "\(prefix)1/", to: "\(prefix)2/")
            #expect(try await test.store.list(prefix: prefix, after: nil, limit: 9).count == 2)
            #expect(try await test.read(.derivative(id, revision: 2, .hd)).bytes == large)
            try await test.store.delete(prefix: prefix)
            #expect(try await test.store.list(prefix: "", after: nil, limit: 9).isEmpty)
            #expect((proxy.tally[fault.rawValue] ?? 0) >= 8)
        }
    }

    @Test("with one request in ten going wrong, three hundred pictures end with nothing lost and nothing doubled")
    func many() async throws {
        let number = Atomic(0)
        let plan: FaultProxy.Plan = { _ in
            // Spread so that faults meet every kind of request, the same in each run.
            let count = number.add(1, ordering: .relaxed).newValue
            guard count % 10 == (count / 10) % 10 else { return nil }
            return Fault.allCases[count / 10 % Fault.allCases.count]
        }
        try await withStore(silence: .seconds(5), plan) { test, proxy in
            let ids = (0..<300).map { _ in PictureID() }
            let files = try [40_000, 9_000].map { try test.file(Self.bytes($0, $0)) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, id) in ids.enumerated() {
                    if number >= 6 { try await group.next() }
                    group.addTask {
                        try await test.store.put([
                            (key: .derivative(id, revision: 1, .hd), path: files[0]),
                            (key: .derivative(id, revision: 1, .thumb), path: files[1]),
                        ])
                        // A third is hidden, a third is deleted.
                        let prefix = ObjectKey.prefix(of: id)
                        if number % 3 == 1 { try await test.store.move(prefix: "\(prefix)1/", to: "\(prefix)2/") }
                        if number % 3 == 2 { try await test.store.delete(prefix: prefix) }
                    }
                }
                try await group.waitForAll()
            }
            let expected = ids.enumerated().filter { $0.offset % 3 != 2 }.flatMap { number, id in
                [Derivative.Kind.hd, .thumb].map { ObjectKey.derivative(id, revision: number % 3 + 1, $0) }
            }
            let found = try await test.store.list(prefix: "", after: nil, limit: 10_000)
            #expect(found == expected.map(\.path).sorted())
            for key in expected {
                let size = key.path.hasSuffix("hd.jpg") ? 40_000 : 9_000
                #expect(try await test.read(key).bytes == Self.bytes(size, size))
            }
            let tally = proxy.tally
            let faults = Fault.allCases.reduce(0) { $0 + (tally[$1.rawValue] ?? 0) }
            print("requests: \(tally)")
            #expect(Fault.allCases.allSatisfy { (tally[$0.rawValue] ?? 0) > 10 })
            #expect(faults * 10 >= tally["passed"] ?? 0)
        }
    }

    @Test("that is not there says so in the end, and is used again as soon as it is back")
    func gone() async throws {
        try await withStore({ _ in .refused }) { test, proxy in
            let key = ObjectKey.derivative(PictureID(), revision: 1, .hd)
            let file = try test.file([1, 2, 3])
            let failure = await #expect(throws: Failure.self) { try await test.store.put(key, fileAt: file) }
            #expect(failure?.code == .unavailable)
            let reason = "\(failure?.underlying ?? Gone())"
            #expect(reason.contains("does not answer"))
            #expect(failure?.message.contains("127.0.0.1") == false)
            #expect(proxy.tally["refused"] == 8)
            proxy.change { _ in nil }
            try await test.store.put(key, fileAt: file)
            #expect(try await test.read(key).bytes == [1, 2, 3])
        }
    }

    private struct Gone: Error {}

    @Test("that says it holds other bytes is not believed, and neither is one that has turned them over")
    func otherBytes() async throws {
        try await withStore({ $0.method == .PUT ? .wrongTag : nil }) { test, proxy in
            let key = ObjectKey.derivative(PictureID(), revision: 1, .hd)
            let file = try test.file(Self.bytes(3, 2_000_000))
            let failure = await #expect(throws: Failure.self) { try await test.store.put(key, fileAt: file) }
            let reason = "\(failure?.underlying ?? Gone())"
            #expect(reason.contains("other bytes than it was sent"))
            #expect(proxy.tally["wrongTag"] == 8)
            proxy.change { $0.method == .PUT ? .altered : nil }
            await #expect(throws: Failure.self) { try await test.store.put(key, fileAt: file) }
            #expect(proxy.tally["altered"] == 8)
            proxy.change { _ in nil }
            try await test.store.put(key, fileAt: file)
            #expect(try await test.store.head(key) == 2_000_000)
        }
    }

    @Test("a large file comes in parts, whatever goes wrong, and leaves none behind")
    func parts() async throws {
        let number = Atomic(0)
        let faults = Fault.allCases.filter { $0 != .stall }
        let plan: FaultProxy.Plan = { head in
            let count = number.add(1, ordering: .relaxed).newValue
            // The last request too, whose answer is lost: what it asked for has been done.
            if head.uri.contains("uploadId"), head.method == .POST { return count % 2 == 0 ? .lostAnswer : nil }
            return count % 3 == 0 ? faults[count / 3 % faults.count] : nil
        }
        try await withStore(plan) { test, proxy in
            let key = ObjectKey.original(PictureID(), .sealed)
            let file = try test.file(Self.bytes(7, 1 << 20), times: 70)
            try await test.store.put(key, fileAt: file)
            let back = test.folder.appending(path: "back").path
            try await test.store.copy(key, toFileAt: back)
            #expect(FileManager.default.contentsEqual(atPath: file, andPath: back))
            #expect(try await test.store.list(prefix: "", after: nil, limit: 9) == [key.path])
            // The second half of the parts is refused for good: nothing may stay of them.
            let other = ObjectKey.original(PictureID(), .kept)
            proxy.change { $0.uri.contains("partNumber=4") ? .internalError : nil }
            await #expect(throws: Failure.self) { try await test.store.put(other, fileAt: file) }
            #expect(try await test.store.head(other) == nil)
            proxy.change { _ in nil }
            let store = try #require(test.store as? S3Store)
            #expect(try await store.sweep(before: .distantFuture) == 0)
        }
    }

    @Test("parts and probes that a crash has left are found and removed, and those of today stay")
    func abandoned() async throws {
        let server = try await S3Server.shared(.seaweedFS)
        let bucket = try await server.makeBucket()
        let key = ObjectKey.original(PictureID(), .kept)
        for path in [key.path, "originals/other"] {
            let answer = try await server.request("POST", "/\(bucket.name)/\(path)", query: [("uploads", "")])
            #expect(answer.status == 200)
        }
        let probe = "/\(bucket.name)/.wayside-check/left-by-a-crash"
        #expect(try await server.request("PUT", probe, body: "wayside").status == 200)
        let store = S3Store(bucket: bucket)
        #expect(try await store.sweep() == 0)
        #expect(try await store.sweep(before: .now.addingTimeInterval(60)) == 3)
        #expect(try await store.sweep(before: .now.addingTimeInterval(60)) == 0)
        #expect(try await store.list(prefix: "", after: nil, limit: 9).isEmpty)
    }
}
