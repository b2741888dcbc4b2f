import Foundation

/// What a rule lets go of now.
package struct RetentionPlan: Hashable, Sendable {
    package let rule: RetentionRule
    /// The newest that goes, with all that arrived before; nil: nothing goes.
    package let cut: RetentionPoint?
    /// Pictures, or files of them, that go.
    package let count: Int
    /// Bytes that they take.
    package let bytes: Int64
    /// How many would go, but are owed to a route still.
    package let owed: Int
    /// When the first and the last of those that go have arrived.
    package let from: Date?
    package let to: Date?

    package init(
        rule: RetentionRule, cut: RetentionPoint?, count: Int, bytes: Int64, owed: Int, from: Date?, to: Date?
    ) {
        self.rule = rule
        self.cut = cut
        self.count = count
        self.bytes = bytes
        self.owed = owed
        self.from = from
        self.to = to
    }
}
