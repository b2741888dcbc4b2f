import Catalogue
import Domain
import Foundation
import Pipeline
import Storage
import TestSupport
import Testing

@Suite("Copies at sizes that are asked for", .timeLimit(.minutes(2)))
struct RenditionsTests {
    private func prepared(_ bench: PipelineBench, _ metres: Int = 0) async throws -> Picture {
        let id = try await bench.admitPicture(metres)
        try await bench.catalogue.uploadSets.complete(bench.set.id, at: .now)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        return try #require(try await bench.picture(id))
    }

    private func scratch(_ bench: PipelineBench) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: bench.folder.file("scratch"))
    }

    private func made(_ bench: PipelineBench, _ text: String, of picture: Picture) async throws -> Data {
        let pipeline = bench.pipeline()
        var data = Data()
        try await bench.run(pipeline) {
            let file = try await pipeline.renditions.make(
                Rendition(text: text), of: picture.id, revision: picture.revision)
            data = try Data(contentsOf: URL(filePath: file.path))
            #expect(file.size == 4)
        }
        return data
    }

    @Test("a copy is a file of its own, which goes with the last that has it; nothing else is left")
    func file() async throws {
        let bench = try await PipelineBench(), picture = try await prepared(bench)
        #expect(try await made(bench, "640x480", of: picture) == Data("copy".utf8))
        #expect(try scratch(bench).isEmpty)
        #expect(try bench.working().isEmpty)
    }

    @Test("an earlier revision, a picture that is not prepared or not there, and a file that is gone are not found")
    func notFound() async throws {
        let bench = try await PipelineBench(), picture = try await prepared(bench)
        let broken = try await bench.admit("crash")
        let pipeline = bench.pipeline { $0.attempts = 1 }, rendition = try Rendition(text: "640x480")
        try await bench.run(pipeline) {
            try await eventually { try await bench.picture(broken)?.status == .broken }
            for (id, revision) in [(picture.id, 2), (picture.id, 0), (broken, 1), (PictureID(), 1)] {
                await #expect {
                    _ = try await pipeline.renditions.make(rendition, of: id, revision: revision)
                } throws: {
                    ($0 as? Failure)?.code == .notFound
                }
            }
            try await bench.store.delete(prefix: ObjectKey.prefix(of: picture.id))
            await #expect { _ = try await pipeline.renditions.make(rendition, of: picture.id, revision: 1) } throws: {
                ($0 as? Failure)?.code == .notFound
            }
        }
        #expect(try bench.working().isEmpty)
    }

    @Test(
        "a child is not believed that names a larger size, another folder, another hash, a link, or nothing at all",
        arguments: [1001, 1003, 1004, 1005, 1006])
    func lies(_ width: Int) async throws {
        let bench = try await PipelineBench(), picture = try await prepared(bench)
        await #expect { _ = try await made(bench, "\(width)x480", of: picture) } throws: {
            ($0 as? Failure)?.underlying as? DarkroomFault == .unintelligible
        }
        #expect(try bench.working().isEmpty)
    }

    @Test("a child that crashes cannot make it; one that has no room may later")
    func faults() async throws {
        let bench = try await PipelineBench(), picture = try await prepared(bench)
        await #expect { _ = try await made(bench, "1007x480", of: picture) } throws: {
            ($0 as? Failure)?.code == .unprocessable
        }
        await #expect { _ = try await made(bench, "1008x480", of: picture) } throws: {
            ($0 as? Failure)?.code == .unavailable
        }
    }

    @Test("however many are asked for, one at a time is made; one that is given up leaves the rest alone")
    func oneAtATime() async throws {
        let bench = try await PipelineBench(), picture = try await prepared(bench), pipeline = bench.pipeline()
        try await bench.run(pipeline) {
            try await withThrowingTaskGroup(of: Int.self) { group in
                for side in 100..<130 {
                    group.addTask {
                        let rendition = try Rendition(width: side, height: side)
                        do {
                            let file = try await pipeline.renditions.make(rendition, of: picture.id, revision: 1)
                            return try Data(contentsOf: URL(filePath: file.path)).count
                        } catch is CancellationError {
                            return 4
                        }
                    }
                }
                let impatient = Task {
                    _ = try await pipeline.renditions.make(Rendition(text: "64x64"), of: picture.id, revision: 1)
                }
                impatient.cancel()
                for try await count in group { #expect(count == 4) }
                _ = try? await impatient.value
            }
        }
        #expect(try bench.working().isEmpty)
    }
}
