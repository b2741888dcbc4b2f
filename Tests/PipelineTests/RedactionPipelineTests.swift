import Catalogue
import Domain
import Foundation
import NIOCore
import Pipeline
import Storage
import TestSupport
import Testing

@Suite("Making a picture anew with its corrections", .timeLimit(.minutes(2)))
struct RedactionPipelineTests {
    private let region = Polygon(x: 4, y: 4, width: 20, height: 20)

    /// A picture that is prepared, in its sequence, with its files under revision 1.
    private func prepared(_ bench: PipelineBench) async throws -> PictureID {
        let id = try await bench.admitPicture(0)
        try await bench.catalogue.uploadSets.complete(bench.set.id, at: .now)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        return id
    }

    private func revisions(_ bench: PipelineBench) async throws -> Set<String> {
        Set(try await bench.stored().compactMap { $0.split(separator: "/").dropFirst(4).first.map(String.init) })
    }

    @Test("new files lie under a new revision, the old ones are gone, and the picture is in sight again")
    func anew() async throws {
        let bench = try await PipelineBench()
        let id = try await prepared(bench)
        #expect(try await revisions(bench) == ["1"])
        _ = try await bench.catalogue.corrections.add(region, to: id, by: .system, at: .now)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        let picture = try #require(try await bench.picture(id))
        #expect(picture.status == .prepared && picture.revision == 2 && picture.rank == 1)
        #expect(try await revisions(bench) == ["2"])
        #expect(try await bench.stored().count == 3)
        // Made from what was served, since the original is gone.
        let key = ObjectKey.derivative(id, revision: 2, .hd)
        guard case .whole(let buffer) = try await bench.store.read(key, range: nil) else {
            Issue.record("hd is not there")
            return
        }
        let text = String(buffer: buffer)
        #expect(text.hasPrefix("hd of ") && text.hasSuffix("/hd.jpg"))
        #expect(try bench.working().isEmpty && bench.staged().isEmpty)
        #expect(try await !bench.catalogue.corrections.order(id).isOwed)
    }

    @Test("a server that died after the new files were named still deletes the old ones")
    func diedBeforeTidying() async throws {
        let bench = try await PipelineBench()
        let id = try await prepared(bench)
        _ = try await bench.catalogue.corrections.add(region, to: id, by: .system, at: .now)
        let job = try #require(try await bench.test.claim().first)
        let order = try await bench.catalogue.corrections.order(id)
        let picture = try #require(try await bench.picture(id))
        for kind in [Derivative.Kind.hd, .sd, .thumb] {
            let path = bench.folder.file("new")
            try Data("new".utf8).write(to: URL(filePath: path))
            try await bench.store.put(.derivative(id, revision: 2, kind), fileAt: path)
        }
        try await bench.catalogue.corrections.redone(
            id, order, tags: try #require(picture.tags), redactions: [], derivatives: picture.derivatives, revision: 2,
            holding: job)
        // Here it dies: both revisions are stored, and the job is held by nobody that lives.
        #expect(try await revisions(bench) == ["1", "2"])
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        #expect(try await revisions(bench) == ["2"])
        #expect(try await bench.picture(id)?.revision == 2)
    }

    @Test("a server that died before the new files were named makes them again")
    func diedBeforeNaming() async throws {
        let bench = try await PipelineBench()
        let id = try await prepared(bench)
        _ = try await bench.catalogue.corrections.add(region, to: id, by: .system, at: .now)
        _ = try await bench.test.claim()
        let path = bench.folder.file("half")
        try Data("half".utf8).write(to: URL(filePath: path))
        try await bench.store.put(.derivative(id, revision: 2, .sd), fileAt: path)
        #expect(try await bench.picture(id)?.status == .preparing)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        #expect(try await bench.picture(id)?.status == .prepared)
        #expect(try await revisions(bench) == ["2"])
        #expect(try await bench.stored().count == 3)
    }

    @Test("a store that has no room keeps the picture out of sight until it has")
    func noRoom() async throws {
        let bench = try await PipelineBench()
        let id = try await prepared(bench)
        _ = try await bench.catalogue.corrections.add(region, to: id, by: .system, at: .now)
        let store = UnreliableStore(bench.store, refusing: 2, with: Failure(.noSpace, "The disk is full."))
        try await bench.run(bench.pipeline(store: store) { $0.outageDelays = [0] }) {
            try await eventually { try await bench.queueIsEmpty() }
        }
        #expect(store.left < 0)
        #expect(try await bench.picture(id)?.status == .prepared)
        #expect(try await revisions(bench) == ["2"])
    }

    @Test("a run whose picture cannot be read leaves it as it was")
    func runFails() async throws {
        let bench = try await PipelineBench()
        let id = try await prepared(bench)
        let path = bench.folder.file("bad")
        try Data("crash\n".utf8).write(to: URL(filePath: path))
        try await bench.store.put(.derivative(id, revision: 1, .hd), fileAt: path)
        _ = try await bench.catalogue.corrections.rerun(.picture(id), preset: nil, by: .system, at: .now)
        try await bench.run(bench.pipeline { $0.retryDelays = [0] }) {
            try await eventually { try await bench.queueIsEmpty() }
        }
        let picture = try #require(try await bench.picture(id))
        #expect(picture.status == .prepared && picture.revision == 1)
        #expect(try await revisions(bench) == ["1"])
        #expect(try await bench.catalogue.corrections.waiting(.picture(id)) == 0)
    }

    @Test("a correction whose picture cannot be read breaks it, and nothing of it is served")
    func correctionFails() async throws {
        let bench = try await PipelineBench()
        let id = try await prepared(bench)
        let path = bench.folder.file("bad")
        try Data("crash\n".utf8).write(to: URL(filePath: path))
        try await bench.store.put(.derivative(id, revision: 1, .hd), fileAt: path)
        _ = try await bench.catalogue.corrections.add(region, to: id, by: .system, at: .now)
        try await bench.run(bench.pipeline { $0.retryDelays = [0] }) {
            try await eventually { try await bench.queueIsEmpty() }
        }
        #expect(try await bench.picture(id)?.status == .broken)
        #expect(try await bench.catalogue.pictures.file(id, kind: .hd, viewer: .system) == nil)
    }

    @Test("an original that was sent again is used, and gone afterwards")
    func original() async throws {
        let bench = try await PipelineBench()
        let id = try await prepared(bench)
        let correction = try await bench.catalogue.corrections.add(region, to: id, by: .system, at: .now)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        try "picture 2.35 48.85 0\n".write(toFile: bench.staging.path(of: "again"), atomically: true, encoding: .utf8)
        try await bench.catalogue.corrections.remove(
            .correction(correction.id), from: id, stagedName: "again", by: .system, at: .now)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        let picture = try #require(try await bench.picture(id))
        #expect(picture.status == .prepared && picture.revision == 3)
        #expect(try bench.staged().isEmpty)
        guard
            case .whole(let buffer) = try await bench.store.read(.derivative(id, revision: 3, .hd), range: nil)
        else {
            Issue.record("hd is not there")
            return
        }
        #expect(String(buffer: buffer).hasSuffix("/again"))
    }
}
