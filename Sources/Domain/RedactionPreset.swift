/// How thoroughly faces and number plates are looked for.
package enum RedactionPreset: String, Codable, Sendable, CaseIterable {
    /// Nothing is looked for. Only an administrator sets it, with a confirmation, and it is written to the audit log.
    case none
    /// Faces at half size, and at full size where that left clear traces; plates at half and full size.
    case fast
    /// As `fast`, but even faint traces of faces are followed up, and those of plates at double size.
    case `default`
    /// Everything at full size, and at double size where things appear small.
    case thorough
}
