/// Who may see a picture or a sequence.
package enum Visibility: String, Codable, Sendable, CaseIterable {
    /// Guests too; refused unless the instance says `WAYSIDE_PUBLIC=true`.
    case anyone
    /// Accounts with a grant on the camera label. The default.
    case loggedOnly = "logged-only"
    /// The owner and administrators.
    case ownerOnly = "owner-only"
}
