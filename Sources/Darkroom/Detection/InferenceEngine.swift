import COpenVINO
import Domain

/// The library that runs networks.
struct InferenceEngine: ~Copyable {
    let handle: OpaquePointer

    deinit { ws_engine_close(handle) }

    init() throws {
        var reason = [CChar](repeating: 0, count: 200)
        guard let handle = ws_engine_open(&reason) else {
            throw Failure(.unavailable, "Detection cannot be used: \(Network.text(reason)).")
        }
        self.handle = handle
    }

    /// The arithmetic this processor is fastest in.
    var precision: String { ws_engine_is_half(handle) != 0 ? "bf16" : "f32" }
}
