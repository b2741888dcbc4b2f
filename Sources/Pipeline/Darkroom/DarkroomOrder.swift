import DarkroomProtocol
import Domain
import Synchronization

/// A request on its way to a child, with somebody waiting for the answer.
struct DarkroomOrder: Sendable {
    let request: TreatmentRequest
    let answer: CheckedContinuation<TreatmentReply.Outcome, any Error>
}

extension TreatmentRequest {
    /// Reading tags is quick, and what a person has drawn is to be hidden at once.
    var isUrgent: Bool { work == .inspect || (work == .redact && policy.preset == .none) }
}

/// The order a child works on; whatever ends the child, it is answered exactly once.
final class CurrentOrder: Sendable {
    private let order = Mutex<DarkroomOrder?>(nil)

    func begin(_ new: DarkroomOrder) { order.withLock { $0 = new } }

    /// The order, for the one who answers it.
    func take() -> DarkroomOrder? {
        order.withLock { order in
            defer { order = nil }
            return order
        }
    }
}
