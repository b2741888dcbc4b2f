/// What is owed to a picture's redaction.
package struct RedactionOrder: Hashable, Sendable {
    /// Everything that people have said, oldest first.
    package let corrections: [Correction]
    /// The models are asked once more; nil: only what was drawn is hidden.
    package let run: RedactionRun?

    package init(corrections: [Correction], run: RedactionRun?) {
        self.corrections = corrections
        self.run = run
    }

    /// What was drawn and does not show yet.
    package var pending: [Correction] { corrections.filter { $0.region != nil && $0.appliedRevision == nil } }

    package var isOwed: Bool { run != nil || !pending.isEmpty }
}
