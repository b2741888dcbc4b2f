import Catalogue
import Domain
import Foundation
import Pipeline
import Storage
import TestSupport
import Testing

@Suite("A JPEG and its raw file", .timeLimit(.minutes(2)))
struct RawPairTests {
    private let raw: RawBench
    private let jpeg = "DCIM/100/A1.JPG"
    private let nef = "DCIM/100/A1.NEF"

    init() async throws { raw = try await RawBench() }

    @Test("are one picture, whichever comes first and however far that is", arguments: [true, false], [true, false])
    func order(isRawFirst: Bool, isPreparedBetween: Bool) async throws {
        try await raw.setRule(.keep)
        let names = isRawFirst ? [nef, jpeg] : [jpeg, nef]
        #expect(try await raw.send(names[0]) == .admitted)
        let id = try #require(try await raw.pictures().first)
        if isPreparedBetween {
            try await raw.work()
            #expect(try await raw.bench.picture(id)?.status == .prepared)
        }
        #expect(try await raw.send(names[1]) == .joined(id))
        try await raw.work()
        #expect(try await raw.pictures() == [id])
        let picture = try #require(try await raw.bench.picture(id))
        #expect(picture.status == .prepared && picture.originalName == "A1.JPG")
        #expect(picture.originalSHA256 == RawBench.hash(RawBench.text(jpeg)))
        #expect(
            try await raw.originals() == [ObjectKey.original(id, .kept).path, ObjectKey.raw(id, .kept).path])
        #expect(try await raw.text(.original(id, .kept)) == RawBench.text(jpeg))
        #expect(try await raw.text(.raw(id, .kept)) == RawBench.text(nef))
        // The files of one revision only, which is the one that counts.
        let prefix = ObjectKey.prefix(of: id, revision: picture.revision)
        #expect(try await raw.bench.stored().allSatisfy { $0.hasPrefix(prefix) })
        #expect(try await raw.bench.stored().count == 3)
        #expect(try raw.bench.staged().isEmpty && raw.bench.working().isEmpty)
    }

    @Test("count as two files and one picture, in the set and in its sequence", arguments: [true, false])
    func counting(isRawFirst: Bool) async throws {
        try await raw.setRule(.keep)
        for name in isRawFirst ? [nef, jpeg] : [jpeg, nef] { try await raw.send(name) }
        try await raw.catalogue.uploadSets.complete(raw.bench.set.id, at: .now)
        try await raw.work()
        let status = try await raw.catalogue.uploadSets.status(raw.bench.set.id)
        #expect(status.prepared == 1 && status.rejected == 0 && status.broken == 0)
        #expect(status.parts.map(\.prepared) == [1])
        let files = try await raw.files()
        #expect(files.count == 2 && files.values.allSatisfy { $0.rejection == nil && $0.sha256.count == 64 })
        #expect(try await raw.catalogue.originals.count(of: raw.bench.set.labelID) == 2)
    }

    @Test("stay in sight while the JPEG takes the place of what was made from the raw file")
    func replacing() async throws {
        try await raw.setRule(.keep)
        try await raw.send(nef)
        try await raw.catalogue.uploadSets.complete(raw.bench.set.id, at: .now)
        try await raw.work()
        let id = try #require(try await raw.pictures().first)
        let before = try #require(try await raw.bench.picture(id))
        _ = try await raw.catalogue.corrections.add(
            Polygon(x: 4, y: 4, width: 20, height: 20), to: id, by: .system, at: .now)
        try await raw.work()
        try await raw.send(jpeg)
        #expect(try await raw.bench.picture(id)?.status == .prepared)
        #expect(try await raw.catalogue.pictures.item(id, viewer: .system)?.picture.sequenceID == before.sequenceID)
        try await raw.work()
        let after = try #require(try await raw.bench.picture(id))
        #expect(after.status == .prepared && after.revision == before.revision + 2 && after.rank == before.rank)
        let order = try await raw.catalogue.corrections.order(id)
        #expect(order.corrections.map(\.appliedRevision) == [after.revision - 1] && !order.isOwed)
    }

    @Test("are known when they are sent again")
    func again() async throws {
        try await raw.setRule(.keep)
        for name in [jpeg, nef] { try await raw.send(name) }
        let id = try #require(try await raw.pictures().first)
        for _ in 0..<2 {
            for name in [nef, jpeg] {
                #expect(try await raw.send(name) == .duplicate(of: id, inSet: raw.bench.set.id))
            }
            try await raw.work()
        }
        #expect(try await raw.files().values.filter { $0.rejection == nil }.count == 2)
    }

    @Test("of equal names in two folders are two pictures, and other names are none of them")
    func folders() async throws {
        try await raw.setRule(.keep)
        for folder in ["100", "101"] {
            for ending in ["NEF", "jpg"] { try await raw.send("DCIM/\(folder)/A1.\(ending)") }
        }
        for name in ["DCIM/100/A10.NEF", "DCIM/100/A1.b.JPG", "A1.JPG", "DCIM/.NEF", "DCIM/.JPG"] {
            #expect(try await raw.send(name) == .admitted)
        }
        // The JPEG of the folder has its raw file.
        #expect(try await raw.send("DCIM/100/A1.DNG") == .admitted)
        #expect(try await raw.pictures().count == 8)
        try await raw.work()
        #expect(try await raw.catalogue.originals.count(of: raw.bench.set.labelID) == 10)
    }

    @Test("sent many times at once end as one picture with two files")
    func race() async throws {
        try await raw.setRule(.keep)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for name in [jpeg, nef, jpeg, nef, jpeg, nef, jpeg, nef] {
                group.addTask { try await raw.send(name) }
            }
            try await group.waitForAll()
        }
        try await raw.work()
        #expect(try await raw.pictures().count == 1)
        #expect(try await raw.originals().count == 2)
        #expect(try raw.bench.staged().isEmpty)
    }

    @Test("go together when the picture is erased, wherever they are", arguments: [true, false])
    func erasing(isPrepared: Bool) async throws {
        try await raw.setRule(.keep)
        for name in [nef, jpeg] { try await raw.send(name) }
        let id = try #require(try await raw.pictures().first)
        if isPrepared { try await raw.work() }
        try await raw.catalogue.pictures.delete(id)
        try await raw.work()
        #expect(try await raw.originals().isEmpty)
        #expect(try await raw.bench.stored().isEmpty)
        #expect(try raw.bench.staged().isEmpty)
        #expect(try await raw.files().isEmpty)
        #expect(try await raw.send(nef) == .admitted)
    }

    @Test("are let go and have their time separately, and the janitor knows both")
    func janitor() async throws {
        try await raw.setRule(.keep)
        try await raw.send(jpeg)
        try await raw.work()
        let id = try #require(try await raw.pictures().first)
        try await raw.send(nef)
        #expect(try await raw.janitor.sweepStaging() == 0)
        let stray = raw.bench.folder.file("stray")
        try "stray".write(toFile: stray, atomically: true, encoding: .utf8)
        try await raw.work()
        try await raw.bench.store.put(.raw(id, .sealed), fileAt: stray)
        #expect(try await raw.janitor.sweepOriginals() == 1)
        #expect(try await raw.originals().count == 2)
        #expect(try await raw.catalogue.originals.expire(label: raw.bench.set.labelID, at: .now) == 2)
        #expect(try await raw.janitor.removeExpiredOriginals() == 2)
        #expect(try await raw.originals().isEmpty)
        #expect(try await raw.catalogue.originals.find(id, .raw, viewer: .system) == nil)
    }
}
