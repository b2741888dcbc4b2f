import COpenCV
import COpenVINO
import Crypto
import DarkroomProtocol
import Domain
import Foundation

/// A model of the operator's, checked and compiled. Owns the engine's memory for it.
struct OwnNetwork: ~Copyable {
    private let handle: OpaquePointer
    let manifest: ModelManifest

    deinit { ws_network_close(handle) }

    /// Checks the file's hash and compiles it; whether it can be run is for `check` to say.
    ///
    /// Throws `.unprocessable` with one sentence that says why the model is refused.
    init(_ manifest: ModelManifest, folder: URL, engine: borrowing InferenceEngine) throws {
        let url = folder.appending(path: manifest.file)
        try Self.checkHash(of: url, manifest)
        var reason = [CChar](repeating: 0, count: 200)
        guard
            let handle = ws_network_open(
                engine.handle, url.path(percentEncoded: false), Self.input(manifest.input), &reason)
        else { throw Self.refusal(manifest, Network.text(reason)) }
        self.handle = handle
        self.manifest = manifest
    }

    static func refusal(_ manifest: ModelManifest, _ why: String) -> Failure {
        Failure(.unprocessable, "The model \(manifest.name) is refused: \(why).")
    }

    /// Runs it once on a grey picture and looks at the shapes of what comes out.
    ///
    /// Throws `.unprocessable` with one sentence that says why the model is refused.
    func check() throws {
        var input = input
        guard ws_cv_fill(&input, OwnWindow.grey) != 0 else {
            throw Failure(.internalError, "A picture could not be cleared.")
        }
        let outputs = try outputs()
        if let complaint = OwnDecoder(manifest).complaint(about: outputs.map(\.dimensions)) {
            throw Self.refusal(manifest, complaint)
        }
    }

    /// The bytes the next run looks at: interleaved B, G, R.
    var input: ws_pixels {
        ws_pixels(
            samples: ws_network_input_bytes(handle), width: Int32(manifest.input.width),
            height: Int32(manifest.input.height), channels: 3, stride: manifest.input.width * 3)
    }

    /// What comes out of one forward pass, in the order of the file; valid until the next.
    func outputs() throws -> [NetworkOutput] {
        guard ws_network_run(handle) != 0 else { throw Self.refusal(manifest, "it cannot be run") }
        return try (0..<ws_network_output_count(handle)).map { index in
            var output = ws_network_output()
            guard ws_network_output_at(handle, index, &output) != 0 else {
                throw Self.refusal(manifest, "its output \(index + 1) is not 32-bit floats of at most four dimensions")
            }
            let all = [output.dimensions.0, output.dimensions.1, output.dimensions.2, output.dimensions.3]
            let dimensions = all.prefix(Int(output.rank)).map { Int($0) }
            return NetworkOutput(
                values: UnsafeBufferPointer(start: output.values, count: dimensions.reduce(1, *)),
                dimensions: dimensions)
        }
    }

    /// (sample × scale − mean) / std, as the engine computes it: first a mean is taken away, then it is divided.
    private static func input(_ input: ModelInput) -> ws_network_input {
        let means = input.mean.map { Float($0 / input.scale) }, divisors = input.std.map { Float($0 / input.scale) }
        return ws_network_input(
            width: Int32(input.width), height: Int32(input.height), takes_rgb: input.colour == .rgb ? 1 : 0,
            means: (means[0], means[1], means[2]), divisors: (divisors[0], divisors[1], divisors[2]),
            interleaved: input.layout == .interleaved ? 1 : 0)
    }

    private static func checkHash(of url: URL, _ manifest: ModelManifest) throws {
        guard let file = try? FileHandle(forReadingFrom: url) else {
            throw refusal(manifest, "the file \(manifest.file) is not there or cannot be read")
        }
        var hash = SHA256()
        do {
            while let part = try file.read(upToCount: 1 << 20), !part.isEmpty { hash.update(data: part) }
        } catch {
            throw refusal(manifest, "the file \(manifest.file) cannot be read")
        }
        let found = HexadecimalText.of(hash.finalize())
        guard found == manifest.sha256 else {
            throw refusal(
                manifest,
                "the SHA-256 of \(manifest.file) is \(found.prefix(12))…, "
                    + "the manifest says \(manifest.sha256.prefix(12))…")
        }
    }
}
