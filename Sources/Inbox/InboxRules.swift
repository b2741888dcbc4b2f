import Domain
import Foundation

/// What an administrator has said about the inbox.
package struct InboxRules: Sendable {
    /// Name of the account that owns what comes; nil for the first administrator.
    package var owner: String?
    /// Seconds that a file is left alone after it has last changed.
    package var patience: TimeInterval
    /// Seconds without a file after which an upload set is complete.
    package var quiet: TimeInterval
    /// Seconds between two looks.
    package var interval: TimeInterval
    /// What is taken is deleted, instead of going to `done/`.
    package var deletes: Bool
    /// Pictures that do not say where or when they were taken wait to be told, instead of being refused.
    package var holdsUnplaced: Bool
    /// Whether this instance shows anything to guests.
    package var isPublic: Bool

    package init(
        owner: String? = nil, patience: TimeInterval = 10, quiet: TimeInterval = 300, interval: TimeInterval = 5,
        deletes: Bool = false, holdsUnplaced: Bool = false, isPublic: Bool = false
    ) {
        self.owner = owner
        self.patience = patience
        self.quiet = quiet
        self.interval = interval
        self.deletes = deletes
        self.holdsUnplaced = holdsUnplaced
        self.isPublic = isPublic
    }
}
