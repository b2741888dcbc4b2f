/// A request that got no answer.
package enum DarkroomFault: Error, Hashable, Sendable {
    /// The child died of it.
    case crashed(signal: Int32)
    /// The child ended by itself in the middle of it.
    case ended(code: Int32)
    /// It took longer than allowed; the child was killed.
    case hung
    /// It took more memory than allowed; the child was killed.
    case tooMuchMemory
    /// The answer was none; the child was killed.
    case unintelligible
    /// The child says why it cannot do it now: one sentence.
    case unable(String)
    /// No child could be started: nothing that the picture could help.
    case cannotStart

    /// Whether the picture may be the cause, so that the attempt counts against it.
    package var countsAgainstPicture: Bool {
        switch self {
        case .unable, .cannotStart: false
        default: true
        }
    }

    /// One sentence for the picture's owner.
    package var message: String {
        switch self {
        case .crashed, .ended: "The program that processes pictures crashed on this one."
        case .hung: "Processing this picture took too long."
        case .tooMuchMemory: "Processing this picture took too much memory."
        case .unintelligible: "The program that processes pictures gave no usable answer for this one."
        case .unable(let sentence): sentence
        case .cannotStart: "The program that processes pictures cannot be started."
        }
    }

    /// A word for logs and metrics.
    package var word: String {
        switch self {
        case .crashed: "crashed"
        case .ended: "ended"
        case .hung: "hung"
        case .tooMuchMemory: "memory"
        case .unintelligible: "unintelligible"
        case .unable: "unable"
        case .cannotStart: "cannot-start"
        }
    }
}
