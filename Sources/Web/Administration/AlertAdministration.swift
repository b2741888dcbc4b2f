import Catalogue
import Domain
import Foundation

/// What administrators do about alerts; shared by the API, the pages and the command line. Each step is audited.
package struct AlertAdministration: Sendable {
    private let catalogue: Catalogue

    package init(catalogue: Catalogue) { self.catalogue = catalogue }

    /// What somebody wants to be expected of a label.
    package struct Wish: Sendable {
        /// Seconds; nil: it may be silent for ever.
        package let rhythm: TimeInterval?
        /// Seconds; nil: half a rhythm.
        package let grace: TimeInterval?
        /// Percent; nil: files may lack their positions.
        package let positionsMissing: Int?

        package init(rhythm: TimeInterval?, grace: TimeInterval?, positionsMissing: Int?) {
            self.rhythm = rhythm
            self.grace = grace
            self.positionsMissing = positionsMissing
        }
    }

    /// - Throws: `.unprocessable` for numbers out of bounds, `.notFound`.
    package func watch(_ label: CameraLabelID, _ wish: Wish, by viewer: Viewer) async throws -> LabelWatch {
        let before = try await catalogue.labelWatches.find(label)
        let now = Date()
        let rhythm = wish.rhythm.map { $0.rounded() }
        // Silence that nobody minded until now is none.
        let watch = try LabelWatch(
            rhythm: rhythm, grace: (wish.grace ?? (rhythm ?? 0) / 2).rounded(),
            positionsMissing: wish.positionsMissing, since: before.rhythm == rhythm ? before.since : now)
        guard watch != before else { return before }
        try await catalogue.labelWatches.set(watch, of: label, by: viewer, at: now)
        return watch
    }

    package func acknowledge(_ id: AlertID, by viewer: Viewer) async throws -> Alert {
        try await catalogue.alerts.acknowledge(id, by: viewer, at: Date())
    }
}
