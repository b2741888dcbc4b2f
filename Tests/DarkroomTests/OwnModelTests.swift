import Crypto
import Darkroom
import DarkroomProtocol
import Domain
import Foundation
import TestSupport
import Testing

@Suite("The operator's own models in the darkroom")
struct OwnModelTests {
    /// A folder with a model and its manifest, and a darkroom that reads it.
    private struct Bench {
        let folder: TemporaryFolder
        let treatment: Treatment

        init(_ model: TinyModel, use: String = "metadata", change: (inout [String: Any]) -> Void = { _ in }) throws {
            folder = try TemporaryFolder()
            let bytes = model.bytes()
            try bytes.write(to: URL(filePath: folder.file("tiny.onnx")))
            let hash = SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
            try model.manifest("tiny", file: "tiny.onnx", sha256: hash, use: use, change: change)
                .write(to: URL(filePath: folder.file("tiny.json")))
            treatment = try Treatment(
                models: Scenery.dependencies.appending(path: "models"),
                tables: Scenery.dependencies.appending(path: "tables"),
                ownModels: URL(filePath: folder.path, directoryHint: .isDirectory))
        }

        func manifest() throws -> ModelManifest {
            try ModelManifest(reading: Data(contentsOf: URL(filePath: folder.file("tiny.json"))))
        }

        func ask(_ work: TreatmentRequest.Work, _ jpeg: TestJPEG, _ policy: RedactionPolicy = RedactionPolicy())
            throws -> TreatmentReply.Outcome
        {
            let source = folder.file("source"), output = folder.file("output")
            try jpeg.data().write(to: URL(filePath: source))
            try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
            return treatment.outcome(
                of: TreatmentRequest(
                    id: 1, work: work, source: source, outputFolder: output, policy: policy,
                    maximumPixels: 150_000_000, models: [try manifest()]))
        }

        /// What the darkroom says of the model; the folder stays for as long.
        func check() -> Finding { treatment.checkModel(manifest: "tiny.json") }

        func detections(_ jpeg: TestJPEG) throws -> [Detection] {
            let outcome = try ask(.detect, jpeg)
            guard case .detected(let findings) = outcome, findings.map(\.model) == ["tiny"] else {
                throw Failure(.internalError, "not detected: \(outcome)")
            }
            return findings[0].detections
        }
    }

    private static let red = PixelRectangle(x: 128, y: 64, width: 64, height: 64)
    private static let blue = PixelRectangle(x: 512, y: 320, width: 64, height: 64)

    /// 640 × 512 with a red and a blue square: each one cell of the model when it sees the whole.
    private func picture(orientation: Int = 1) -> TestJPEG {
        var jpeg = TestJPEG()
        jpeg.width = 640
        jpeg.height = 512
        jpeg.orientation = orientation
        jpeg.colour = { column, row in
            if (16..<24).contains(column), (8..<16).contains(row) { return (255, 0, 0) }
            if (64..<72).contains(column), (40..<48).contains(row) { return (0, 0, 255) }
            return (128, 128, 128)
        }
        return jpeg
    }

    private func box(_ detection: Detection) -> PixelRectangle {
        PixelRectangle(x: detection.x, y: detection.y, width: detection.width, height: detection.height)
    }

    @Test("one box a cell is found where the square is, with class and score", arguments: ["yolov5", "yolov8", "ssd"])
    func exact(decoder: String) throws {
        let found = try Bench(TinyModel(decoder)).detections(picture())
        #expect(Set(found.map(\.className)) == ["red", "blue"])
        #expect(found.count == 2)
        for (name, square) in [("red", Self.red), ("blue", Self.blue)] {
            let box = try #require(found.first { $0.className == name }.map(box))
            // A pixel more where 32-bit floats end a little beyond one.
            #expect(abs(box.x - square.x) <= 1 && abs(box.right - square.right) <= 1, "\(name)")
            #expect(abs(box.y - square.y) <= 1 && abs(box.bottom - square.bottom) <= 1, "\(name)")
        }
        #expect(found.allSatisfy { $0.score > 0.99 && $0.score <= 1 })
    }

    @Test("finer grids find the square too, and nothing elsewhere", arguments: ["yolox", "centernet", "retinaface"])
    func finer(decoder: String) throws {
        let model = TinyModel(decoder)
        let found = try Bench(model).detections(picture())
        for name in model.classNames {
            let square = name == "red" ? Self.red : Self.blue
            let boxes = found.filter { $0.className == name }
            #expect(!boxes.isEmpty, "\(name)")
            // Each box is over the square; the large ones of a coarse grid are cut by the picture's edges.
            for box in boxes {
                #expect(box.x < square.right && box.x + box.width > square.x, "\(name): \(box)")
                #expect(box.y < square.bottom && box.y + box.height > square.y, "\(name): \(box)")
            }
        }
        #expect(Set(found.map(\.className)) == Set(model.classNames))
    }

    @Test("the same square is found when the camera lay on its side", arguments: [3, 6, 8])
    func turned(orientation: Int) throws {
        let found = try Bench(TinyModel("yolov8")).detections(picture(orientation: orientation))
        let upright = Orientation(orientation), stored = PixelSize(width: 640, height: 512)
        let red = try #require(found.first { $0.className == "red" })
        #expect(upright.stored(box(red), displayed: upright.turned(stored)) == Self.red)
    }

    @Test("NHWC, BGR and a mean are what the manifest says")
    func input() throws {
        // Told that the samples come as B, G, R, the model takes blue for red.
        let swapped = try Bench(TinyModel("yolov8")) { members in
            members["input"] = ["width": 320, "height": 320, "colour": "BGR"] as [String: Any]
        }.detections(picture())
        #expect(swapped.first { $0.className == "red" }.map(box) == Self.blue)
        // A mean of the sample scale: (x / 255 − 1) leaves nothing that is red.
        let darkened = try Bench(TinyModel("yolov8")) { members in
            members["input"] = ["width": 320, "height": 320, "mean": [1, 0, 0]] as [String: Any]
        }.detections(picture())
        #expect(darkened.allSatisfy { $0.className == "blue" })
    }

    @Test("tiles find what the whole is too coarse for, once each")
    func tiling() throws {
        var jpeg = picture()
        jpeg.width = 1280
        jpeg.height = 960
        // 32 pixels wide: an eighth of a cell of the whole, one cell of a tile.
        jpeg.colour = { column, row in
            (20..<24).contains(column) && (12..<16).contains(row) ? (255, 0, 0) : (128, 128, 128)
        }
        #expect(try Bench(TinyModel("yolov8")).detections(jpeg).isEmpty)
        let tiled = try Bench(TinyModel("yolov8")) { $0["tiling"] = ["tile": 320, "overlap": 0] }.detections(jpeg)
        #expect(tiled.map(box) == [PixelRectangle(x: 160, y: 96, width: 32, height: 32)])
        let below = try Bench(TinyModel("yolov8")) { members in
            members["tiling"] = ["tile": 320, "overlap": 0, "band": [0.5, 1]] as [String: Any]
        }.detections(jpeg)
        #expect(below.isEmpty)
    }

    @Test("what a policy names is hidden, what it does not name is not, and both are findings")
    func blur() throws {
        let bench = try Bench(TinyModel("yolov8"), use: "blur")
        var policy = RedactionPolicy(preset: .fast, subjects: ["red"])
        guard case .developed(let hidden) = try bench.ask(.develop, picture(), policy) else {
            throw Failure(.internalError, "not developed")
        }
        #expect(hidden.redactions.count == 1)
        let redaction = try #require(hidden.redactions.first)
        #expect(redaction.subject == .object && redaction.model == "tiny")
        #expect(redaction.x < Self.red.x && redaction.x + redaction.width > Self.red.right)
        #expect(hidden.findings.map(\.model) == ["tiny"])
        #expect(Set(hidden.findings[0].detections.map(\.className)) == ["red", "blue"])
        let hd = try PlanarPicture(
            decoding: Data(contentsOf: URL(filePath: "\(bench.folder.file("output"))/hd.jpg")))
        let original = try PlanarPicture(decoding: picture().data())
        #expect(hd.differences(from: original, in: Self.red, tolerance: 0) > 0)
        #expect(hd.differences(from: original, in: Self.blue) == 0)

        policy.subjects = []
        guard case .developed(let shown) = try bench.ask(.develop, picture(), policy) else {
            throw Failure(.internalError, "not developed")
        }
        #expect(shown.redactions.isEmpty)
    }

    @Test("a bad model holds a picture up instead of letting it out unredacted")
    func holdsUp() throws {
        let bench = try Bench(TinyModel("yolov8"), use: "blur")
        try Data("not a network".utf8).write(to: URL(filePath: bench.folder.file("tiny.onnx")))
        let outcome = try bench.ask(.develop, picture(), RedactionPolicy(preset: .fast, subjects: ["red"]))
        guard case .failed(let reason) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reason.contains("tiny is refused") && reason.contains("SHA-256"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder.file("output")).isEmpty)
    }

    @Test("a good model passes the check, which names its use and classes")
    func check() throws {
        let finding = try Bench(TinyModel("yolov8")).check()
        #expect(finding.description == "ok: The model tiny runs (metadata; red, blue).")
    }

    @Test("a model is refused with the reason that is its own")
    func refused() throws {
        let wrongShape = try Bench(TinyModel("yolov8")) { $0["classes"] = ["red", "blue", "green"] }
        #expect(
            wrongShape.check().sentence.contains(
                "yolov8 with 3 classes is read from 1×7×n, but the model gives 1×6×100"))
        let wrongDecoder = try Bench(TinyModel("yolov8")) { $0["decoder"] = "centernet" }
        #expect(wrongDecoder.check().sentence.contains("centernet with 2 classes"))
        let wrongSize = try Bench(TinyModel("yolov8")) { $0["input"] = ["width": 352, "height": 320] }
        #expect(wrongSize.check().kind == .fault)

        let noNetwork = try Bench(TinyModel("yolov8")) { members in
            members["sha256"] = SHA256.hash(data: Data("text".utf8)).map { String(format: "%02x", $0) }.joined()
        }
        #expect(noNetwork.check().sentence.contains("SHA-256 of tiny.onnx"))
        try Data("text".utf8).write(to: URL(filePath: noNetwork.folder.file("tiny.onnx")))
        #expect(
            noNetwork.check().sentence.contains("the model file cannot be read"))
        try FileManager.default.removeItem(atPath: noNetwork.folder.file("tiny.onnx"))
        #expect(noNetwork.check().sentence.contains("is not there"))
    }

    @Test(
        "a manifest is refused with the rule that it breaks",
        arguments: [
            ("name", "Tiny", "“name” has 1 to 64 lower-case"), ("name", "plates", "belongs to one of Wayside's own"),
            ("file", "../tiny.onnx", "in the same folder"), ("sha256", "abc", "64 hexadecimal"),
            ("licence", " ", "under which terms"), ("decoder", "yolov3", "“decoder” is one of yolov5, yolov8"),
            ("use", "hide", "“use” is one of blur, metadata"), ("tilling", "x", "“tilling”, which nothing reads"),
        ] as [(String, String, String)])
    func rules(_ member: String, _ value: String, _ words: String) throws {
        let data = try TinyModel("yolov8").manifest(
            "tiny", file: "tiny.onnx", sha256: String(repeating: "a", count: 64)
        ) { $0[member] = value }
        let failure = #expect(throws: Failure.self) { try ModelManifest(reading: data) }
        #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
    }

    @Test("what is left out of a manifest is named")
    func missing() throws {
        for member in ["name", "file", "sha256", "licence", "input", "decoder", "classes", "use"] {
            let data = try TinyModel("yolov8").manifest(
                "tiny", file: "tiny.onnx", sha256: String(repeating: "a", count: 64)
            ) { $0[member] = nil }
            let failure = #expect(throws: Failure.self) { try ModelManifest(reading: data) }
            #expect(failure?.message == "The manifest cannot be read: “\(member)” is missing.")
        }
        let failure = #expect(throws: Failure.self) { try ModelManifest(reading: Data("{".utf8)) }
        #expect(failure?.message == "The manifest cannot be read: it is not a JSON object.")
    }

    @Test("of boxes of one class that overlap the surest stays; across a panorama's edge they are one thing")
    func suppression() {
        func box(_ index: Int, _ x: Double, _ score: Double) -> ModelBox {
            ModelBox(classIndex: index, x: x, y: 0, width: 40, height: 40, score: score)
        }
        let flat = OwnSuppression(overlap: 0.4).survivors(of: [
            box(0, 100, 0.6), box(0, 105, 0.9), box(1, 105, 0.5), box(0, 300, 0.3),
        ])
        #expect(flat == [box(0, 105, 0.9), box(1, 105, 0.5), box(0, 300, 0.3)])
        let round = OwnSuppression(overlap: 0.4, wrapsAt: 1000).survivors(of: [box(0, 990, 0.9), box(0, -8, 0.8)])
        #expect(round.count == 1)
    }

    @Test("a panorama is looked at beyond its edge, and what lies across it is found as two parts")
    func panorama() throws {
        var jpeg = TestJPEG()
        jpeg.width = 1280
        jpeg.height = 640
        jpeg.xmp = """
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
            <rdf:Description rdf:about="" xmlns:GPano="http://ns.google.com/photos/1.0/panorama/" \
            GPano:ProjectionType="equirectangular"/></rdf:RDF></x:xmpmeta>
            """
        // 16 pixels at each edge: one cell only where they are seen together.
        jpeg.colour = { column, row in
            (column < 2 || column >= 158) && (40..<44).contains(row) ? (255, 0, 0) : (128, 128, 128)
        }
        // Tiles of 320 begin at 0, 272, 544, 816, 1088 …: the last reaches beyond the edge.
        let found = try Bench(TinyModel("yolov8")) { members in
            members["tiling"] = ["tile": 320, "overlap": 48] as [String: Any]
            members["score"] = 0.9
        }.detections(jpeg)
        #expect(Set(found.map(\.className)) == ["red"])
        #expect(found.contains { $0.x + $0.width == 1280 } && found.contains { $0.x == 0 })
        #expect(found.allSatisfy { $0.x >= 0 && $0.x + $0.width <= 1280 })
    }
}
