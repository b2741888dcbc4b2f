import Catalogue
import Domain
import Foundation
import Logging
import NIOCore
import Pipeline
import Storage
import TestSupport
import Testing

@Suite("Tidying up after a crash", .timeLimit(.minutes(2)))
struct JanitorTests {
    private func janitor(_ bench: PipelineBench) -> Janitor {
        Janitor(
            catalogue: bench.catalogue, store: bench.store, staging: bench.staging, logger: Logger(label: "test"))
    }

    private func write(_ text: String, to path: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    @Test("a received file that no picture needs goes, others and those being received stay")
    func staging() async throws {
        let bench = try await PipelineBench()
        let needed = try await bench.admitPicture(0)
        try write("left over", to: bench.staging.path(of: "00000000-0000-4000-8000-000000000000.jpg"))
        let receiving = try bench.staging.create()
        let removed = try await janitor(bench).sweepStaging()
        #expect(removed == 1)
        #expect(try bench.staged() == [needed.string, receiving.name].sorted())
        receiving.discard()
    }

    @Test("what fails elsewhere keeps no unredacted file in the staging folder")
    func apart() async throws {
        let bench = try await PipelineBench()
        try write("a face", to: bench.staging.path(of: "00000000-0000-4000-8000-000000000000.jpg"))
        // Nothing that the janitor does in these tables works any more.
        try await bench.catalogue.engine.write { connection in
            for table: SQLStatement in ["report_quota", "token_requests"] {
                try connection.execute("DROP TABLE \(table)")
            }
        }
        try await bench.run(bench.pipeline()) { try await eventually { try bench.staged().isEmpty } }
    }

    @Test("parts of a file stay until their time is over, and then go within one look; it is remembered for a day")
    func parts() async throws {
        let bench = try await PipelineBench()
        let (set, sender) = (bench.set, Viewer.account(bench.set.accountID, .field))
        let staged = try bench.staging.create()
        try staged.write(ByteBuffer(string: "half a face"))
        try staged.synchronise()
        staged.keep()
        let moment = TestCatalogue.epoch
        let upload = PartialUpload(
            accountID: set.accountID, labelID: set.labelID, uploadSetID: set.id, name: "a.jpg", length: 500,
            stagedName: staged.name, createdAt: moment, expiresAt: moment.addingTimeInterval(100))
        let uploads = bench.catalogue.partialUploads
        try await uploads.begin(upload, within: PartialUploadRules())
        let janitor = janitor(bench)
        #expect(try await janitor.removeUnwantedParts(at: moment.addingTimeInterval(99)) == 0)
        #expect(try await janitor.sweepStaging() == 0)
        #expect(try bench.staged() == [staged.name])
        #expect(try await janitor.removeUnwantedParts(at: moment.addingTimeInterval(100)) == 1)
        #expect(try bench.staged().isEmpty)
        #expect(try await uploads.find(upload.id, viewer: sender)?.stagedName == .some(nil))
        #expect(try await janitor.removeUnwantedParts(at: moment.addingTimeInterval(86_500)) == 0)
        #expect(try await uploads.find(upload.id, viewer: sender) == nil)
        #expect(try await uploads.unwantedFiles(limit: 5).isEmpty)
    }

    @Test("stored files of pictures that are gone and of earlier revisions go, those that count stay")
    func store() async throws {
        let bench = try await PipelineBench()
        let kept = try await bench.admitPicture(0)
        let source = bench.folder.file("source")
        try write("bytes", to: source)
        let (stranger, deleted) = (PictureID(), try await bench.admitPicture(10))
        try await bench.catalogue.pictures.delete(deleted)
        for id in [kept, stranger, deleted] {
            for revision in 0...1 {
                for kind in [Derivative.Kind.hd, .tile(column: 1, row: 2)] {
                    try await bench.store.put(.derivative(id, revision: revision, kind), fileAt: source)
                }
            }
        }
        let removed = try await janitor(bench).sweepStore()
        #expect(removed == 10)
        #expect(
            try await bench.stored() == [
                ObjectKey.derivative(kept, revision: 1, .hd).path,
                ObjectKey.derivative(kept, revision: 1, .tile(column: 1, row: 2)).path,
            ])
    }

    @Test("what an earlier run left in the darkroom's folder is gone after a start")
    func darkroom() async throws {
        let bench = try await PipelineBench()
        try FileManager.default.createDirectory(
            atPath: "\(bench.workingFolder)/old", withIntermediateDirectories: true)
        try write("an unredacted face", to: "\(bench.workingFolder)/old/hd.jpg")
        try await bench.run(bench.pipeline()) { try await eventually { try bench.working().isEmpty } }
    }
}
