import Domain

/// How far a file that comes in parts is.
package struct PartialProgress: Hashable, Sendable {
    package let upload: PartialUpload
    /// Present when the last byte of it has just been taken.
    package let outcome: IntakeOutcome?
}
