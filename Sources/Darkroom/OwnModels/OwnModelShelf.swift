import DarkroomProtocol
import Domain
import Foundation

/// The operator's models of this process: each is checked and compiled when first asked for.
final class OwnModelShelf {
    private let folder: URL
    private let engine: InferenceEngine
    private var boxes: [String: Box] = [:]

    /// Lets a dictionary hold what cannot be copied.
    private final class Box {
        let network: OwnNetwork

        init(_ network: consuming OwnNetwork) { self.network = network }
    }

    /// Throws `.unavailable` when the engine does not start.
    init(folder: URL) throws {
        self.folder = folder
        engine = try InferenceEngine()
        // Coordinates in pixels come out of these networks: 16-bit floats would move a box by some.
        engine.use(half: false)
    }

    /// Calls `body` with the model. Throws `.unprocessable` when it is refused.
    func with<Value>(_ manifest: ModelManifest, _ body: (borrowing OwnNetwork) throws -> Value) throws -> Value {
        if let box = boxes[manifest.name], box.network.manifest == manifest { return try body(box.network) }
        // One that was replaced goes first: two may be more than there is room for.
        boxes[manifest.name] = nil
        let box = Box(try OwnNetwork(manifest, folder: folder, engine: engine))
        try box.network.check()
        boxes[manifest.name] = box
        return try body(box.network)
    }
}
