/// How thoroughly faces and number plates are looked for.
package enum RedactionPreset: String, Codable, Sendable, CaseIterable {
    /// Nothing is looked for. Only an administrator sets it, with a confirmation, and it is written to the audit log.
    case none
    /// Faces at full size; plates at half and full size.
    case fast
    /// As `fast`, and plates at double size where they appear small.
    case `default`
    /// As `default`, and faces at double size too.
    case thorough
}
