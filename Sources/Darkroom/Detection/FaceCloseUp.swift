import Domain

/// Where faces are looked for at full size: around everything the net had the faintest idea of at half size.
///
/// A 16-pixel face is below what it reports at half size, but it leaves a trace there, and one of about its own size: a
/// probability of one in a hundred. A street without faces shows such traces in a twentieth of its area.
package struct FaceCloseUp: Sendable {
    /// The faintest trace that is followed, and the one that `fast` follows.
    static let trace = 0.02
    static let fastTrace = 0.03
    /// Faint traces of larger things are noise: half size would have been surer of a face of that size. Pixels of the
    /// picture.
    private static let largest = 48.0
    private static let smallest = 6.0
    /// From this score on a trace is followed though its box is larger: the size is the first thing to be wrong.
    private static let clear = 0.04
    private static let largestClear = 120.0
    /// A face this large that is this sure needs no second look.
    private static let settled = 0.5
    private static let settledHeight = 28.0

    /// The traces that call for another look.
    package static func traces(_ candidates: [Candidate]) -> [Candidate] {
        candidates.filter { candidate in
            let limit = candidate.score >= clear ? largestClear : largest
            return (smallest...limit).contains(candidate.height)
                && !(candidate.score >= settled && candidate.height >= settledHeight)
        }
    }
}
