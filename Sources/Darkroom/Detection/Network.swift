import COpenCV
import COpenVINO
import Domain
import Foundation

/// One model compiled for one tile size. Owns the engine's memory for it.
struct Network: ~Copyable {
    private let handle: OpaquePointer
    let model: DetectionModel
    let size: PixelSize

    deinit { ws_network_close(handle) }

    /// Throws `.unavailable` with the engine's reason.
    init(_ model: DetectionModel, size: PixelSize, folder: URL, engine: borrowing InferenceEngine) throws {
        let file = folder.appending(path: model.name + ".onnx")
        let input = ws_network_input(
            width: Int32(size.width), height: Int32(size.height), takes_rgb: model.takesRGB ? 1 : 0, means: model.means,
            divisors: (0, 0, 0), interleaved: 0)
        guard let bytes = try? Data(contentsOf: file) else {
            throw Failure(.unavailable, "The model \(model.name) is missing; the set-up script fetches it.")
        }
        let asked = ONNXFile(bytes: [UInt8](bytes)).asking(only: model.outputs)
        var reason = [CChar](repeating: 0, count: 200)
        guard let handle = ws_network_open_bytes(engine.handle, asked, asked.count, input, &reason) else {
            throw Failure(.unavailable, "The model \(model.name) cannot be used: \(Self.text(reason)).")
        }
        self.handle = handle
        self.model = model
        self.size = size
    }

    /// The bytes the next run looks at: interleaved B, G, R.
    var input: ws_pixels {
        ws_pixels(
            samples: ws_network_input_bytes(handle), width: Int32(size.width), height: Int32(size.height), channels: 3,
            stride: size.width * 3)
    }

    /// One forward pass.
    func run() throws {
        guard ws_network_run(handle) != 0 else { throw Failure(.unavailable, "The model \(model.name) did not run.") }
    }

    /// One output of the last run, valid until the next.
    func output(_ name: String) throws -> NetworkOutput {
        var output = ws_network_output()
        guard ws_network_output_named(handle, name, &output) != 0 else {
            throw Failure(.unavailable, "The model \(model.name) has no output \(name).")
        }
        let all = [output.dimensions.0, output.dimensions.1, output.dimensions.2, output.dimensions.3].map { Int($0) }
        let dimensions = Array(all.prefix(Int(output.rank)))
        return NetworkOutput(
            values: UnsafeBufferPointer(start: output.values, count: dimensions.reduce(1, *)), dimensions: dimensions)
    }

    static func text(_ reason: [CChar]) -> String {
        String(decoding: reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
