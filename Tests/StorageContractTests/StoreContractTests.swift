import Domain
import Foundation
import NIOCore
import Storage
import Testing

@Suite("Every store")
struct StoreContractTests {
    private let id = PictureID()

    private func key(_ kind: Derivative.Kind = .hd, revision: Int = 1) -> ObjectKey {
        .derivative(id, revision: revision, kind)
    }

    @Test("gives back what was put, and its size", arguments: StoreKind.allCases)
    func roundTrip(kind: StoreKind) async throws {
        try await StoreUnderTest.with(kind) { (test) async throws in
            for size in [0, 1, 1000, 256 * 1024, 256 * 1024 + 1, 700_001] {
                let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
                try await test.put(key(), bytes)
                #expect(try await test.store.head(key()) == Int64(size))
                #expect(try await test.read(key()).bytes == bytes)
            }
        }
    }

    @Test(
        "reads small objects whole and streams large ones in chunks of at most 128 KiB", arguments: StoreKind.allCases)
    func chunks(kind: StoreKind) async throws {
        try await StoreUnderTest.with(kind) { (test) async throws in
            try await test.put(key(.thumb), [UInt8](repeating: 7, count: 256 * 1024))
            #expect(try await test.read(key(.thumb)).chunks.isEmpty)
            try await test.put(key(), [UInt8](repeating: 7, count: 600_000))
            let chunks = try await test.read(key()).chunks
            #expect(chunks.count >= 5)
            #expect(chunks.allSatisfy { $0 <= 128 * 1024 })
        }
    }

    @Test("reads a range, cut to what there is", arguments: StoreKind.allCases)
    func ranges(kind: StoreKind) async throws {
        try await StoreUnderTest.with(kind) { (test) async throws in
            let bytes = (0..<500_000).map { UInt8(truncatingIfNeeded: $0 >> 3) }
            try await test.put(key(), bytes)
            #expect(try await test.read(key(), 10..<20).bytes == Array(bytes[10..<20]))
            #expect(try await test.read(key(), 100_001..<450_000).bytes == Array(bytes[100_001..<450_000]))
            #expect(try await test.read(key(), 499_990..<600_000).bytes == Array(bytes[499_990...]))
            #expect(try await test.read(key(), 5..<5).bytes.isEmpty)
        }
    }

    @Test("says notFound before the first chunk", arguments: StoreKind.allCases)
    func missing(kind: StoreKind) async throws {
        try await StoreUnderTest.with(kind) { (test) async throws in
            #expect(try await test.store.head(key()) == nil)
            let failure = await #expect(throws: Failure.self) { try await test.store.read(key(), range: nil) }
            #expect(failure?.code == .notFound)
            let other = await #expect(throws: Failure.self) {
                try await test.store.put(key(), fileAt: test.folder.appending(path: "none").path)
            }
            #expect(other?.code == .notFound)
        }
    }

    @Test("replaces an object as a whole, while somebody reads the old one", arguments: StoreKind.allCases)
    func replace(kind: StoreKind) async throws {
        try await StoreUnderTest.with(kind) { (test) async throws in
            let old = [UInt8](repeating: 1, count: 400_000)
            try await test.put(key(), old)
            let opened = try await test.store.read(key(), range: nil)
            try await test.put(key(), [2, 2, 2])
            #expect(try await test.read(key()).bytes == [2, 2, 2])
            guard case .stream(let body) = opened else {
                Issue.record("400,000 bytes are streamed")
                return
            }
            let seen = Counter()
            try await body { buffer in await seen.add(buffer.readableBytes) }
            #expect(await seen.value == old.count)
        }
    }

    private actor Counter {
        var value = 0
        func add(_ count: Int) { value += count }
    }

    @Test("puts the same file twice, and several at once", arguments: StoreKind.allCases)
    func several(kind: StoreKind) async throws {
        try await StoreUnderTest.with(kind) { (test) async throws in
            let file = try test.file([1, 2, 3])
            try await test.store.put(key(), fileAt: file)
            try await test.store.put(key(), fileAt: file)
            let tiles = (0..<8).map { (key: key(.tile(column: $0, row: 0)), path: file) }
            try await test.store.put(tiles)
            #expect(try await test.store.list(prefix: ObjectKey.prefix(of: id), after: nil, limit: 100).count == 9)
            #expect(try await test.read(key(.tile(column: 7, row: 0))).bytes == [1, 2, 3])
        }
    }

    @Test(
        "lists in the order of the text, page by page, without what only shares letters", arguments: StoreKind.allCases)
    func listing(kind: StoreKind) async throws {
        try await StoreUnderTest.with(kind) { (test) async throws in
            var paths: [String] = []
            for revision in [1, 2, 10] {
                for kind in [Derivative.Kind.hd, .sd, .tile(column: 1, row: 0), .tile(column: 10, row: 0)] {
                    let key = key(kind, revision: revision)
                    try await test.put(key, [0])
                    paths.append(key.path)
                }
            }
            try await test.put(.derivative(PictureID(), revision: 1, .hd), [0])
            paths.sort()
            let prefix = ObjectKey.prefix(of: id)
            #expect(try await test.store.list(prefix: prefix, after: nil, limit: 1000) == paths)
            var found: [String] = []
            while true {
                let page = try await test.store.list(prefix: prefix, after: found.last, limit: 5)
                if page.isEmpty { break }
                found += page
            }
            #expect(found == paths)
            let ones = paths.filter { $0.hasPrefix("\(prefix)1") }
            #expect(try await test.store.list(prefix: "\(prefix)1", after: nil, limit: 1000) == ones)
            #expect(try await test.store.list(prefix: "", after: nil, limit: 1000).count == paths.count + 1)
        }
    }

    @Test("deletes by prefix and nothing else; none there is success", arguments: StoreKind.allCases)
    func deleting(kind: StoreKind) async throws {
        try await StoreUnderTest.with(kind) { (test) async throws in
            let other = ObjectKey.derivative(PictureID(), revision: 1, .hd)
            for revision in [1, 2] {
                for kind in [Derivative.Kind.hd, .sd] { try await test.put(key(kind, revision: revision), [0]) }
            }
            try await test.put(other, [0])
            let prefix = ObjectKey.prefix(of: id)
            try await test.store.delete(prefix: "\(prefix)1/")
            #expect(try await test.store.head(key()) == nil)
            #expect(try await test.store.head(key(revision: 2)) == 1)
            try await test.store.delete(prefix: prefix)
            try await test.store.delete(prefix: prefix)
            #expect(try await test.store.list(prefix: "", after: nil, limit: 10) == [other.path])
        }
    }

    @Test("keeps what is put while something else of the picture is deleted", arguments: StoreKind.allCases)
    func deletingWhilePutting(kind: StoreKind) async throws {
        try await StoreUnderTest.with(kind) { (test) async throws in
            let prefix = ObjectKey.prefix(of: id)
            try await withThrowingTaskGroup { group in
                for round in 0..<100 {
                    let file = try test.file([UInt8(round)])
                    group.addTask { try await test.store.put(key(revision: 2), fileAt: file) }
                    group.addTask { try await test.store.delete(prefix: "\(prefix)1/") }
                }
                try await group.waitForAll()
            }
            #expect(try await test.store.head(key(revision: 2)) == 1)
        }
    }

    @Test("passes its own check when it can be used", arguments: StoreKind.allCases)
    func check(kind: StoreKind) async throws {
        try await StoreUnderTest.with(kind) { (test) async throws in
            try await test.store.check()
            #expect(try await test.store.list(prefix: "", after: nil, limit: 10).isEmpty)
        }
    }

    @Test(
        "a revision that is moved is dead under its old name, and whole under the new one",
        arguments: StoreKind.allCases)
    func moved(kind: StoreKind) async throws {
        try await StoreUnderTest.with(kind) { (test) async throws in
            let (old, new) = (ObjectKey.prefix(of: id, revision: 1), ObjectKey.prefix(of: id, revision: 2))
            let kinds: [Derivative.Kind] = [.hd, .thumb, .tile(column: 1, row: 0)]
            for kind in kinds { try await test.put(key(kind), [1, 2, 3]) }
            // What a crash left there is in nobody's way.
            try await test.put(key(.sd, revision: 2), [9])
            try await test.store.move(prefix: old, to: new)
            for kind in kinds {
                #expect(try await test.store.head(key(kind)) == nil)
                #expect(try await test.read(key(kind, revision: 2)).bytes == [1, 2, 3])
            }
            #expect(try await test.store.list(prefix: ObjectKey.prefix(of: id), after: nil, limit: 9).count == 3)
            // Done before: nothing is lost by doing it again.
            try await test.store.move(prefix: old, to: new)
            #expect(try await test.store.head(key(.hd, revision: 2)) == 3)
        }
    }
}
