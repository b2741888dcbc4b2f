import Foundation

package typealias UploadSetID = Identifier<UploadSet>

/// The batch a person sends.
package struct UploadSet: Hashable, Sendable, Codable {
    package let id: UploadSetID
    package let accountID: AccountID
    package let labelID: CameraLabelID
    package var title: String
    package var estimatedFiles: Int?
    package var rules: DispatchRules
    package var visibility: Visibility
    /// What the client said of itself, JSON text, at most 64 KiB; stored and given back.
    package var metadata: String?
    package var userAgent: String?
    /// What was done to its pictures before they came here, in their sender's words (`Lineage`).
    package var lineage: String?
    /// Pictures without a place or time wait to be told; otherwise they are refused.
    package var holdsUnplaced: Bool
    package var createdAt: Date
    /// Set when every file is there (counted, or said by the client).
    package var completedAt: Date?
    /// Set when the batch has been cut into sequences.
    package var dispatchedAt: Date?

    package init(
        id: UploadSetID = UploadSetID(), accountID: AccountID, labelID: CameraLabelID, title: String,
        estimatedFiles: Int? = nil, rules: DispatchRules = DispatchRules(), visibility: Visibility = .loggedOnly,
        metadata: String? = nil, userAgent: String? = nil, lineage: String? = nil,
        holdsUnplaced: Bool = false, createdAt: Date = .now, completedAt: Date? = nil, dispatchedAt: Date? = nil
    ) {
        self.id = id
        self.accountID = accountID
        self.labelID = labelID
        self.title = title
        self.estimatedFiles = estimatedFiles
        self.rules = rules
        self.visibility = visibility
        self.metadata = metadata
        self.userAgent = userAgent
        self.lineage = lineage
        self.holdsUnplaced = holdsUnplaced
        self.createdAt = createdAt
        self.completedAt = completedAt
        self.dispatchedAt = dispatchedAt
    }
}
