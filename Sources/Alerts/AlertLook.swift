import Domain
import Foundation

/// Something that is looked at again and again.
package struct AlertLook: Sendable {
    /// All that it can find.
    package let kinds: Set<AlertTopic.Kind>
    /// What there is to say at a moment.
    package let findings: @Sendable (Date) async throws -> [AlertFinding]

    package init(
        _ kinds: Set<AlertTopic.Kind>, findings: @escaping @Sendable (Date) async throws -> [AlertFinding]
    ) {
        self.kinds = kinds
        self.findings = findings
    }
}
