import Catalogue
import DarkroomProtocol
import Domain
import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("Asking the operator's own models", .timeLimit(.minutes(2)))
struct DetectTests {
    /// Puts a model into the folder that the pipeline reads; the fake child never opens the file itself.
    private func put(_ name: String, use: String = "metadata", in bench: PipelineBench) throws {
        let folder = bench.folder.file("models")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("network".utf8).write(to: URL(filePath: "\(folder)/\(name).onnx"))
        let hash = String(repeating: "0", count: 64)
        try TinyModel("yolov8").manifest(name, file: "\(name).onnx", sha256: hash, use: use)
            .write(to: URL(filePath: "\(folder)/\(name).json"))
    }

    private func prepared(_ bench: PipelineBench) async throws -> PictureID {
        let id = try await bench.admitPicture(0)
        try await bench.catalogue.uploadSets.complete(bench.set.id, at: .now)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        return id
    }

    @Test("what a model finds on a prepared picture is noted, and nothing is left over")
    func noted() async throws {
        let bench = try await PipelineBench()
        let id = try await prepared(bench)
        try put("good", in: bench)
        #expect(try await bench.catalogue.detections.queue("good", on: .picture(id), at: .now) == 1)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        let annotations = try await bench.catalogue.annotations.list(of: id, viewer: .system)
        #expect(annotations.flatMap(\.findings) == [.init(className: "stop", score: 0.75, model: "good")])
        #expect(annotations.map(\.shape) == [Polygon(x: 1, y: 2, width: 3, height: 4)])
        #expect(try bench.working().isEmpty)
    }

    @Test("a picture that comes is asked about by the models for metadata, once it is prepared")
    func onArrival() async throws {
        let bench = try await PipelineBench()
        try put("good", in: bench)
        let id = try await prepared(bench)
        #expect(try await bench.catalogue.annotations.list(of: id, viewer: .system).count == 1)
    }

    @Test(
        "a model that is refused, lies, or kills the darkroom is given up with its reason; the picture is unharmed",
        arguments: [
            ("bad", "The model is refused: it is bad."), ("liar", "no usable answer"), ("killer", "crashed"),
            ("absent", "There is no model “absent”"),
        ])
    func givenUp(_ model: String, _ words: String) async throws {
        let bench = try await PipelineBench()
        let id = try await prepared(bench)
        if model != "absent" { try put(model, in: bench) }
        _ = try await bench.catalogue.detections.queue(model, on: .picture(id), at: .now)
        let pipeline = bench.pipeline { $0.retryDelays = [0] }
        try await bench.run(pipeline) { try await eventually { try await bench.queueIsEmpty() } }
        let failures = try await bench.catalogue.detections.failures(of: model, on: .picture(id))
        #expect(failures.values.reduce(0, +) == 1)
        #expect(failures.keys.first?.contains(words) == true, "\(failures)")
        #expect(try await bench.picture(id)?.status == .prepared)
        #expect(try bench.working().isEmpty)
        // The rest of the work goes on as if nothing had been.
        try put("good", in: bench)
        _ = try await bench.catalogue.detections.queue("good", on: .picture(id), at: .now)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        #expect(try await bench.catalogue.annotations.list(of: id, viewer: .system).count == 1)
    }

    @Test("a folder's manifests are read by name; the second of a name, and what cannot be read, are refused")
    func folder() async throws {
        let bench = try await PipelineBench()
        try put("good", in: bench)
        let folder = bench.folder.file("models"), models = ModelFolder(path: folder)
        try FileManager.default.copyItem(atPath: "\(folder)/good.json", toPath: "\(folder)/twin.json")
        try Data("{".utf8).write(to: URL(filePath: "\(folder)/broken.json"))
        try Data("{}".utf8).write(to: URL(filePath: "\(folder)/.hidden.json"))
        #expect(models.entries().map(\.file) == ["broken.json", "good.json", "twin.json"])
        #expect(models.manifests().map(\.name) == ["good"])
        #expect(try models.manifest(named: "good").use == .metadata)
        let broken = #expect(throws: Failure.self) { try models.manifest(named: "broken") }
        #expect(broken?.message.contains("not a JSON object") == true)
        let none = #expect(throws: Failure.self) { try models.manifest(named: "none") }
        #expect(none?.code == .notFound)
        try FileManager.default.removeItem(atPath: "\(folder)/good.onnx")
        #expect(models.manifests().isEmpty)
    }
}
