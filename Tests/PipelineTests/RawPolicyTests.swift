import Catalogue
import Domain
import Foundation
import Pipeline
import Storage
import TestSupport
import Testing

@Suite("Raw files under each policy", .timeLimit(.minutes(2)))
struct RawPolicyTests {
    private let raw: RawBench
    private let jpeg = "A1.JPG"
    private let nef = "A1.NEF"

    init() async throws { raw = try await RawBench() }

    @Test(
        "discarded: beside its JPEG a raw file is refused with a reason, in either order", arguments: [true, false],
        [true, false])
    func discard(isRawFirst: Bool, isPreparedBetween: Bool) async throws {
        let names = isRawFirst ? [nef, jpeg] : [jpeg, nef]
        try await raw.send(names[0])
        let id = try #require(try await raw.pictures().first)
        if isPreparedBetween { try await raw.work() }
        try await raw.send(names[1])
        try await raw.work()
        let files = try await raw.files()
        #expect(files[jpeg]?.pictureID == id && files[jpeg]?.rejection == nil)
        #expect(files[nef]?.rejection?.details["cause"] == "raw_discarded" && files[nef]?.pictureID == nil)
        #expect(try await raw.bench.picture(id)?.originalName == jpeg)
        #expect(try await raw.originals().isEmpty)
        #expect(try raw.bench.staged().isEmpty && raw.bench.working().isEmpty)
        #expect(try await raw.catalogue.raws.states(of: [id], viewer: .system).isEmpty)
    }

    @Test("discarded: of a raw file alone its picture is left, and that is said")
    func discardAlone() async throws {
        try await raw.send(nef)
        let id = try #require(try await raw.pictures().first)
        #expect(try await raw.catalogue.raws.states(of: [id], viewer: .system) == [id: .waiting])
        try await raw.work()
        #expect(try await raw.bench.picture(id)?.status == .prepared)
        #expect(try await raw.catalogue.raws.states(of: [id], viewer: .system) == [id: .discarded])
        #expect(try await raw.originals().isEmpty)
        #expect(try raw.bench.staged().isEmpty)
        #expect(try await raw.send(nef) == .duplicate(of: id, inSet: raw.bench.set.id))
    }

    @Test("sealed: both open with the key to the bytes that came, and none can be taken for the other")
    func sealed() async throws {
        try await raw.setRule(.sealed)
        for name in [nef, jpeg] { try await raw.send(name) }
        try await raw.work()
        let id = try #require(try await raw.pictures().first)
        #expect(
            try await raw.originals() == [ObjectKey.raw(id, .sealed).path, ObjectKey.original(id, .sealed).path])
        #expect(try await raw.opened(.original, of: id) == RawBench.text(jpeg))
        #expect(try await raw.opened(.raw, of: id) == RawBench.text(nef))
        let stored = try #require(try await raw.catalogue.originals.find(id, .raw, viewer: .system))
        #expect(stored.originalSHA256 == RawBench.hash(RawBench.text(nef)) && stored.originalName == nef)
        // Somebody who has the disk exchanges the two.
        let path = raw.bench.folder.file("exchanged")
        try await raw.bench.store.copy(.raw(id, .sealed), toFileAt: path)
        try await raw.bench.store.put(.original(id, .sealed), fileAt: path)
        await #expect(throws: Failure.self) { try await raw.opened(.original, of: id) }
    }

    @Test("a raw file alone is kept or sealed as what it is", arguments: [OriginalsPolicy.keep, .sealed])
    func alone(policy: OriginalsPolicy) async throws {
        try await raw.setRule(policy)
        try await raw.send(nef)
        try await raw.work()
        let id = try #require(try await raw.pictures().first)
        let kind: StoredOriginal.Kind = policy == .keep ? .kept : .sealed
        #expect(try await raw.originals() == [ObjectKey.raw(id, kind).path])
        let text = policy == .keep ? try await raw.text(.raw(id, .kept)) : try await raw.opened(.raw, of: id)
        #expect(text == RawBench.text(nef))
    }

    @Test("a label that takes JPEG only refuses raw files whatever the policy", arguments: OriginalsPolicy.allCases)
    func refusing(policy: OriginalsPolicy) async throws {
        try await raw.setRule(policy, takesRaw: false)
        for name in [nef, jpeg, nef] {
            let admission = try await raw.send(name)
            guard case .refused(let rejection) = admission else {
                #expect(name == jpeg && admission == .admitted)
                continue
            }
            #expect(name == nef && rejection.details["cause"] == "raw_refused")
        }
        try await raw.work()
        #expect(try await raw.pictures().count == 1)
        #expect(try await raw.files()[nef]?.rejection?.message.contains("JPEG pictures only") == true)
    }

    @Test("the rule that holds when the picture is made counts")
    func changed() async throws {
        try await raw.setRule(.keep)
        for name in [jpeg, nef] { try await raw.send(name) }
        try await raw.setRule(.discard)
        try await raw.work()
        #expect(try await raw.originals().isEmpty)
        #expect(try raw.bench.staged().isEmpty)
        #expect(try await raw.files()[nef]?.rejection?.details["cause"] == "raw_discarded")
    }

    @Test(
        "when the JPEG is refused the picture is made from the raw file, whichever came first",
        arguments: [true, false])
    func refusedJPEG(isRawFirst: Bool) async throws {
        try await raw.setRule(.keep)
        func sendJPEG() async throws { try await raw.send(jpeg, mood: "refused") }
        if !isRawFirst { try await sendJPEG() }
        try await raw.send(nef)
        if isRawFirst { try await sendJPEG() }
        let id = try #require(try await raw.pictures().first)
        try await raw.work()
        let picture = try #require(try await raw.bench.picture(id))
        #expect(picture.status == .prepared && picture.originalName == nef)
        #expect(try await raw.files()[jpeg]?.rejection?.message == "No.")
        #expect(try await raw.originals() == [ObjectKey.raw(id, .kept).path])
        #expect(try raw.bench.staged().isEmpty)
    }

    @Test("a JPEG that is refused after the raw file's picture was made changes nothing of that")
    func refusedLate() async throws {
        try await raw.setRule(.keep)
        try await raw.send(nef)
        try await raw.work()
        let id = try #require(try await raw.pictures().first)
        let before = try await raw.bench.stored()
        try await raw.send(jpeg, mood: "refused")
        try await raw.work()
        #expect(try await raw.bench.stored() == before)
        #expect(try await raw.bench.picture(id)?.originalName == nef)
        #expect(try await raw.files()[jpeg]?.rejection?.message == "No.")
        #expect(try await raw.originals() == [ObjectKey.raw(id, .kept).path])
        #expect(try raw.bench.staged().isEmpty)
        // Sent in a form that can be taken, it takes its place after all.
        try await raw.send(jpeg)
        try await raw.work()
        #expect(try await raw.bench.picture(id)?.originalName == jpeg)
    }

    @Test("both refused are two refused files and no picture")
    func bothRefused() async throws {
        try await raw.setRule(.keep)
        for name in [jpeg, nef] { try await raw.send(name, mood: "refused") }
        try await raw.work()
        #expect(try await raw.pictures().isEmpty)
        #expect(try await raw.files().values.map(\.rejection?.message) == ["No.", "No."])
        #expect(try raw.bench.staged().isEmpty)
    }

    @Test("a pair that was given up keeps both files, and is tried again when its JPEG comes again")
    func broken() async throws {
        try await raw.setRule(.keep)
        try await raw.send(jpeg, mood: "late")
        try await raw.send(nef)
        let id = try #require(try await raw.pictures().first)
        try await raw.work {
            ($0.retryDelays, $0.outageDelays, $0.patience) = ([0], [0.01], 2)
        }
        #expect(try await raw.bench.picture(id)?.status == .broken)
        #expect(try raw.bench.staged().count == 2)
        #expect(try await raw.janitor.sweepStaging() == 0)
        #expect(try await raw.send(nef) == .duplicate(of: id, inSet: raw.bench.set.id))
        #expect(FileManager.default.createFile(atPath: "\(raw.bench.workingFolder)/ready", contents: nil))
        #expect(try await raw.send(jpeg, mood: "late") == .joined(id))
        #expect(try await raw.pictures() == [id])
    }
}
