import COpenCV
import Domain
import Foundation
import Glibc

/// Finds out which arithmetic this processor is faster in.
///
/// That it knows 16-bit floats does not mean that it gains by them: one kind needs half the time with them, another, which
/// lacks the matrix unit, half as much again. So both are tried once, on a small tile, when a process starts.
struct PrecisionTrial {
    private static let side = 256
    private static let rounds = 4

    let folder: URL

    /// Leaves the engine at the faster one. Throws `.unavailable` when the model does not run.
    func settle(_ engine: borrowing InferenceEngine) throws {
        guard engine.knowsHalf else { return }
        engine.use(half: false)
        let single = try seconds(engine)
        engine.use(half: true)
        let half = try seconds(engine)
        engine.use(half: half < single)
    }

    /// Of the quickest of a few runs: others may be busy on this machine.
    private func seconds(_ engine: borrowing InferenceEngine) throws -> Double {
        let network = try Network(
            .face, size: PixelSize(width: Self.side, height: Self.side), folder: folder, engine: engine)
        var input = network.input
        guard ws_cv_fill(&input, 128) != 0 else { throw Failure(.internalError, "A tile could not be cleared.") }
        try network.run()
        var best = Double.infinity
        for _ in 0..<Self.rounds {
            let started = Self.processorSeconds()
            try network.run()
            best = min(best, Self.processorSeconds() - started)
        }
        return best
    }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
