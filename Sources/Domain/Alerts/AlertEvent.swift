/// What is told of an alert.
package enum AlertEvent: String, Sendable, CaseIterable {
    case raised, reminded, recovered
}
