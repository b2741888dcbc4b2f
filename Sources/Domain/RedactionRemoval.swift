/// What is to be shown again.
package enum RedactionRemoval: Hashable, Sendable {
    /// What a model found; it is remembered as wrong.
    case finding(Redaction)
    /// What a person said before is taken back.
    case correction(CorrectionID)
}
