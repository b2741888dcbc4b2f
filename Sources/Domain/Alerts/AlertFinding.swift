import Foundation

/// What a look at a topic has found.
package struct AlertFinding: Hashable, Sendable {
    package let topic: AlertTopic
    /// Nil: it cannot be told now, and an alert that is going on stays as it is.
    package let isTrouble: Bool?
    /// Seconds that trouble has to last before it is said.
    package let grace: TimeInterval
    /// Seconds that calm has to last before it counts as such.
    package let calm: TimeInterval
    /// Facts for programs and sentences: names of labels and routes, numbers, moments; nothing of a person.
    package let details: [String: String]

    package init(
        _ topic: AlertTopic, isTrouble: Bool?, grace: TimeInterval = 0, calm: TimeInterval = 0,
        details: [String: String] = [:]
    ) {
        self.topic = topic
        self.isTrouble = isTrouble
        self.grace = grace
        self.calm = calm
        self.details = details
    }
}
