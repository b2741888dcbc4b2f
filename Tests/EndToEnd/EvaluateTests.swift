import Foundation
import TestSupport
import Testing

@Suite("Judging detection from the command line", .serialized)
struct EvaluateTests {
    private let folder: TemporaryFolder
    private let server: BuiltServer

    init() throws {
        folder = try TemporaryFolder()
        server = try BuiltServer()
        try TestJPEG().data().write(to: URL(filePath: folder.file("street.jpg")))
    }

    private func truth(_ name: String = "street.jpg") throws -> String {
        let path = folder.file("truth.json")
        try Data(
            """
            {"images": [{"id": 1, "file_name": "\(name)"}],
             "annotations": [{"image_id": 1, "category_id": 1, "bbox": [10, 10, 20, 30]}],
             "categories": [{"id": 1, "name": "face"}, {"id": 2, "name": "plate"}]}
            """.utf8
        ).write(to: URL(filePath: path))
        return path
    }

    @Test("without a server or a catalogue a labelled folder is searched, and the missed face is counted")
    func table() async throws {
        let report = try await server.wayside("evaluate", folder.path, "--truth", try truth(), "--preset", "fast")
        #expect(report.contains("face height, px") && report.contains("24–32"))
        #expect(report.contains("1 picture, 0 with neither; preset fast"))
        #expect(!report.contains("plate width"))
        let document = try await server.wayside("evaluate", folder.path, "--truth", try truth(), "--json")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any])
        #expect(json["pictures"] as? Int == 1 && json["preset"] as? String == "default")
        let faces = try #require(json["faces_from"] as? [[String: Any]])
        #expect(faces.first?["things"] as? Int == 1 && faces.first?["hits"] as? Int == 0)
    }

    @Test("a picture that is not there, a truth that is none and a damaged picture are each said")
    func errors() async throws {
        let missing = try await server.command(["evaluate", folder.path, "--truth", try truth("other.jpg")])
        #expect(missing.status != 0 && missing.errors.contains("lacks 1 of 1 picture, first other.jpg"))
        let noTruth = try await server.command(["evaluate", folder.path, "--truth", folder.file("street.jpg")])
        #expect(noTruth.status != 0 && noTruth.errors.contains("no COCO file"))
        try Data("no picture".utf8).write(to: URL(filePath: folder.file("bad.jpg")))
        let damaged = try await server.command(["evaluate", folder.path, "--truth", try truth("bad.jpg")])
        #expect(damaged.status != 0 && damaged.errors.contains("bad.jpg: "))
        #expect(damaged.errors.contains("Not one picture could be searched"))
    }
}
