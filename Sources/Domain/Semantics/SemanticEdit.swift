import Foundation

/// What somebody changed of a thing's tags, and when.
package struct SemanticEdit: Hashable, Sendable {
    /// Counts up with time, within the instance.
    package let number: Int64
    /// Nil for the server itself, and for an account that has been deleted since.
    package let accountID: AccountID?
    package let madeAt: Date
    package let changes: [SemanticChange]
    /// Of which region of the picture the tags were; nil for those of the thing itself.
    package let annotationID: AnnotationID?

    package init(
        number: Int64, accountID: AccountID?, madeAt: Date, changes: [SemanticChange],
        annotationID: AnnotationID? = nil
    ) {
        self.number = number
        self.accountID = accountID
        self.madeAt = madeAt
        self.changes = changes
        self.annotationID = annotationID
    }
}
