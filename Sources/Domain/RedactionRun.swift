import Foundation

/// That a picture's redaction is owed once more.
package struct RedactionRun: Hashable, Sendable {
    /// What is looked for; nil: as the camera label says.
    package let preset: RedactionPreset?
    /// It is to show what was hidden: that takes the picture as it was received.
    package let needsOriginal: Bool
    package let requestedAt: Date

    package init(preset: RedactionPreset?, needsOriginal: Bool, requestedAt: Date) {
        self.preset = preset
        self.needsOriginal = needsOriginal
        self.requestedAt = requestedAt
    }
}
