/// What an account may do; see the table "Who may do what" in the design.
package enum Role: String, Codable, Sendable, CaseIterable {
    case viewer, field, manager, admin

    /// May send pictures to the labels granted to the account.
    package var mayUpload: Bool { self != .viewer }
    /// May edit, correct and delete what others sent under labels granted to the account.
    package var mayManageGrantedLabels: Bool { self == .manager || self == .admin }
    /// May see every label and administer accounts, labels, grants and policies.
    package var isAdmin: Bool { self == .admin }
}
