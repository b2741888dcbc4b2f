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

    var knowsHalf: Bool { ws_engine_knows_half(handle) != 0 }

    /// Networks opened from now on compute with 16-bit floats, where the processor knows them.
    func use(half: Bool) { ws_engine_use_half(handle, half ? 1 : 0) }

    var precision: Precision { ws_engine_is_half(handle) != 0 ? .bf16 : .f32 }
}
