import Catalogue
import Crypto
import Domain
import Foundation
import Logging
import NIOCore
import Pipeline
import Storage
import TestSupport
import Testing

@Suite("What becomes of originals", .timeLimit(.minutes(2)))
struct OriginalsTests {
    private let bench: PipelineBench
    private let key = PrivateSealingKey()

    init() async throws { bench = try await PipelineBench() }

    private func setRule(_ policy: OriginalsPolicy, days: Int? = nil) async throws {
        let known = try await bench.catalogue.sealingKeys.add(
            SealingKey(id: key.publicKey.id, name: "The safe", publicKey: key.publicKey.text))
        try await bench.catalogue.originals.setRule(
            try OriginalsRule(policy, keyID: known.id, days: days), of: bench.set.labelID)
    }

    /// A received picture whose hash is that of its bytes.
    private func admit(_ metres: Int = 0) async throws -> PictureID {
        let text = "picture 2.35 \(48.85 + Double(metres) * 0.000_009) \(metres)"
        let hash = SHA256.hash(data: Data("\(text)\n".utf8)).map { String(format: "%02x", $0) }.joined()
        let id = try await bench.test.admit(TestPicture("\(metres).jpg", sha256: hash), to: bench.set)
        try "\(text)\n".write(toFile: bench.staging.path(of: id.string), atomically: true, encoding: .utf8)
        return id
    }

    private func stored() async throws -> [String] {
        try await bench.store.list(prefix: "originals/", after: nil, limit: 100)
    }

    private func copy(_ id: PictureID) async throws -> (answer: OriginalSource.Answer, text: String?) {
        let path = bench.folder.file(UUID().uuidString)
        let answer = try await OriginalSource(catalogue: bench.catalogue, store: bench.store).copy(id, to: path)
        return (answer, try? String(contentsOfFile: path, encoding: .utf8))
    }

    private var janitor: Janitor {
        Janitor(catalogue: bench.catalogue, store: bench.store, staging: bench.staging, logger: Logger(label: "test"))
    }

    private func prepare(_ id: PictureID) async throws {
        try await bench.run(bench.pipeline()) {
            try await eventually { try await bench.picture(id)?.status == .prepared }
        }
        #expect(try bench.staged().isEmpty && bench.working().isEmpty)
    }

    @Test("discard leaves nothing")
    func discard() async throws {
        let id = try await admit()
        try await prepare(id)
        #expect(try await stored().isEmpty)
        #expect(try await copy(id).answer == .discarded)
    }

    @Test("keep leaves the received bytes, in one file")
    func keep() async throws {
        try await setRule(.keep)
        let id = try await admit()
        try await prepare(id)
        #expect(try await stored() == [ObjectKey.original(id, .kept).path])
        let copy = try await copy(id)
        #expect(copy.answer == .copied && copy.text == "picture 2.35 48.85 0\n")
        let original = try #require(try await bench.catalogue.originals.find(id, viewer: .system))
        #expect(original.stored.expiresAt == nil && original.stored.sha256 == original.originalSHA256)
    }

    @Test("a kept original is what a picture is made anew from where something is to be shown again")
    func anew() async throws {
        try await setRule(.keep)
        let id = try await admit()
        try await prepare(id)
        let corrections = bench.catalogue.corrections
        _ = try await corrections.add(Polygon(x: 4, y: 4, width: 20, height: 20), to: id, by: .system, at: .now)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        #expect(try await source(of: id, revision: 2) == "hd.jpg")
        let face = Redaction(subject: .face, x: 1, y: 1, width: 9, height: 9, score: 0.9, model: "m")
        try await corrections.remove(.finding(face), from: id, stagedName: nil, by: .system, at: .now)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        #expect(try await source(of: id, revision: 3) == "original.jpg")
        #expect(try await copy(id).text == "picture 2.35 48.85 0\n")
        #expect(try bench.staged().isEmpty && bench.working().isEmpty)
    }

    /// The name of the file that a picture was made from, which the fake darkroom writes into what it makes.
    private func source(of id: PictureID, revision: Int) async throws -> String? {
        guard case .whole(let buffer) = try await bench.store.read(.derivative(id, revision: revision, .hd), range: nil)
        else { return nil }
        return String(buffer: buffer).split(separator: "/").last.map(String.init)
    }

    @Test("sealed leaves ciphertext that the key's holder can open")
    func sealed() async throws {
        try await setRule(.sealed, days: 7)
        let id = try await admit()
        try await prepare(id)
        #expect(try await stored() == [ObjectKey.original(id, .sealed).path])
        #expect(try await copy(id).answer == .sealed(keyID: key.publicKey.id))
        let (path, opened) = (bench.folder.file("sealed"), bench.folder.file("opened"))
        try await bench.store.copy(.original(id, .sealed), toFileAt: path)
        #expect(try !String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self).contains("48.85 0"))
        try OriginalOpener(key: key).open(path, of: id, to: opened)
        #expect(try String(contentsOfFile: opened, encoding: .utf8) == "picture 2.35 48.85 0\n")
        let original = try #require(try await bench.catalogue.originals.find(id, viewer: .system))
        #expect(try await bench.store.head(.original(id, .sealed)) == original.stored.size)
        let expiry = try #require(original.stored.expiresAt)
        #expect(abs(expiry.timeIntervalSince(original.stored.storedAt) - 7 * 86_400) < 1)
    }

    @Test("the received file stays until its original is stored for good")
    func failing() async throws {
        try await setRule(.sealed)
        let id = try await admit()
        // The three derivatives are taken, the original is not.
        let store = SelectiveStore(bench.store, refusing: "originals/")
        let pipeline = bench.pipeline(store: store) { $0.outageDelays = [0.01] }
        try await bench.run(pipeline) {
            try await eventually { store.refused >= 2 }
            #expect(try await bench.picture(id)?.status == .preparing)
            #expect(try bench.staged() == [id.string])
            store.relent()
            try await eventually { try await bench.picture(id)?.status == .prepared }
        }
        #expect(try await stored() == [ObjectKey.original(id, .sealed).path])
    }

    @Test("a file that is not what was received is never sealed: the picture is broken and its file stays")
    func changed() async throws {
        try await setRule(.sealed)
        let id = try await bench.admitPicture(0)
        try await bench.run(bench.pipeline { $0.retryDelays = [0] }) {
            try await eventually { try await bench.picture(id)?.status == .broken }
        }
        #expect(try bench.staged() == [id.string])
        #expect(try await stored().isEmpty)
        #expect(try await janitor.sweepStaging() == 0)
    }

    @Test("what an attempt stored under another rule is gone after the next")
    func changedRule() async throws {
        let id = try await admit()
        try await bench.store.put(.original(id, .kept), fileAt: bench.staging.path(of: id.string))
        try await setRule(.sealed)
        try await prepare(id)
        #expect(try await stored() == [ObjectKey.original(id, .sealed).path])
    }

    @Test("an original that an attempt stored goes when the picture is refused, or deleted")
    func refusedOrDeleted() async throws {
        try await setRule(.keep)
        let refused = try await bench.admit("refused")
        try await bench.store.put(.original(refused, .kept), fileAt: bench.staging.path(of: refused.string))
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        #expect(try await stored().isEmpty)
        let deleted = try await admit()
        try await prepare(deleted)
        #expect(try await stored().count == 1)
        try await bench.catalogue.pictures.delete(deleted)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        #expect(try await stored().isEmpty)
    }

    @Test("the janitor removes originals that nobody acknowledged, and no others")
    func sweeping() async throws {
        try await setRule(.keep)
        let kept = try await admit(0)
        try await prepare(kept)
        let waiting = try await admit(10)
        let source = bench.staging.path(of: waiting.string)
        for id in [kept, waiting, PictureID()] {
            try await bench.store.put(.original(id, .sealed), fileAt: source)
        }
        #expect(try await janitor.sweepOriginals() == 2)
        #expect(
            Set(try await stored()) == [
                ObjectKey.original(kept, .kept).path, ObjectKey.original(waiting, .sealed).path,
            ])
    }

    @Test("what is let go, or has had its time, is removed while the server runs")
    func expiry() async throws {
        try await setRule(.keep, days: 1)
        let (first, second) = (try await admit(0), try await admit(10))
        let pipeline = bench.pipeline { $0.expiryInterval = .milliseconds(20) }
        try await bench.run(pipeline) {
            try await eventually { try await bench.queueIsEmpty() }
            #expect(try await stored().count == 2)
            bench.skip(86_000)
            _ = try await janitor.removeExpiredOriginals(at: bench.now)
            #expect(try await stored().count == 2)
            bench.skip(500)
            try await eventually { try await stored().isEmpty }
        }
        try await eventually { try await copy(first).answer == .discarded }
        #expect(try await bench.picture(second)?.status == .prepared)
        let actions = try await bench.catalogue.audit.list(before: nil, limit: 10).map(\.action)
        #expect(actions.filter { $0 == "original.discarded" }.count == 2)
    }
}
