import Domain

/// Where faces are looked for at full size: around everything the net had the faintest idea of at a smaller one.
///
/// A 16-pixel face is below what it reports at three fifths of the size, but it leaves a trace there, and one of about its own
/// size: a probability of one in sixty or more. A street without faces shows such traces in a twentieth of its area.
package struct FaceCloseUp: Sendable {
    /// The faintest trace that is followed, and the one that `fast` follows, which searches at half size.
    static let trace = 0.015
    static let fastTrace = 0.03
    private static let smallest = 6.0
    /// Up to which height a trace is followed, by its score: faint ones of larger things are noise, the net would have been
    /// surer of a face of that size. A clear one is followed though its box is larger: the size is the first thing to be
    /// wrong. Pixels of the picture.
    private static let largest: [(from: Double, height: Double)] = [(0.04, 120), (0.02, 48), (0, 24)]
    /// A face this large that is this sure needs no second look.
    private static let settled = 0.5
    private static let settledHeight = 28.0

    /// The traces that call for another look.
    package static func traces(_ candidates: [Candidate]) -> [Candidate] {
        candidates.filter { candidate in
            let limit = largest.first { candidate.score >= $0.from }?.height ?? 0
            return candidate.height >= smallest && candidate.height <= limit
                && !(candidate.score >= settled && candidate.height >= settledHeight)
        }
    }
}
