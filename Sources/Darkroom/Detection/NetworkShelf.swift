import COpenCV
import Domain
import Foundation

/// The compiled networks of this process. Compiling takes a while, so each tile size is compiled once, when first asked
/// for; only those used last are kept, so that pictures of ever other sizes do not fill the memory.
final class NetworkShelf {
    private let folder: URL
    private let engine: InferenceEngine
    private var boxes: [Key: Box] = [:]
    /// The keys of `boxes`, the one used last at the end.
    private var order: [Key] = []
    /// Pictures of one camera need ten, some of them 100 MB each; those of another size four of their own.
    private static let most = 11

    private struct Key: Hashable {
        let model: DetectionModel
        let size: PixelSize
    }

    /// Lets a dictionary hold what cannot be copied.
    private final class Box {
        let network: Network

        init(_ network: consuming Network) { self.network = network }
    }

    /// `folder` holds the models; without a `precision` the faster one is found out. Throws `.unavailable`.
    init(folder: URL, precision: Precision? = nil) throws {
        self.folder = folder
        engine = try InferenceEngine()
        if let precision {
            engine.use(half: precision == .bf16)
        } else {
            try PrecisionTrial(folder: folder).settle(engine)
        }
    }

    /// What the networks compute in.
    var precision: Precision { engine.precision }

    /// Fills the input of a network with `fill`, runs it, and returns its candidates in pixels of the tile.
    func candidates(
        _ model: DetectionModel, tile: PixelSize, threshold: Double, fill: (ws_pixels) throws -> Void
    ) throws -> [Candidate] {
        let box = try box(Key(model: model, size: tile))
        try fill(box.network.input)
        try box.network.run()
        return try model.candidates(from: box.network, threshold: threshold)
    }

    /// Compiles a model and runs it once on a black tile.
    func tryOut(_ model: DetectionModel) throws {
        let side = PlateCloseUp.tile
        _ = try candidates(model, tile: PixelSize(width: side, height: side), threshold: 0.5) { input in
            var input = input
            guard ws_cv_fill(&input, 0) != 0 else { throw Failure(.internalError, "A tile could not be cleared.") }
        }
    }

    private func box(_ key: Key) throws -> Box {
        order.removeAll { $0 == key }
        order.append(key)
        if let box = boxes[key] { return box }
        if order.count > Self.most { boxes[order.removeFirst()] = nil }
        let box = Box(try Network(key.model, size: key.size, folder: folder, engine: engine))
        boxes[key] = box
        return box
    }
}
