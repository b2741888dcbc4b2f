import Catalogue
import Domain
import Foundation

/// What people do about reports, with their rights; shared by the API and the pages. Each step is audited.
///
/// The owner of the pictures and administrators do everything. A manager with a grant on the label answers, but does
/// not see what is hidden and so decides nothing about it. Who made a report may reword it while it waits.
struct ReportHandling: Sendable {
    let catalogue: Catalogue

    /// What the viewer may do about a report.
    struct Rights: Hashable, Sendable {
        /// Show again, redact, delete.
        let mayDecide: Bool
        let mayAnswer: Bool
        let mayReword: Bool
    }

    func rights(_ report: Report, _ viewer: Viewer) async throws -> Rights {
        let isHandler = try await Permissions(catalogue: catalogue).mayEdit(
            owner: report.ownerID, label: report.labelID, viewer: viewer)
        let isOwner = report.ownerID == viewer.accountID
        let isMaker = report.reporterID != nil && report.reporterID == viewer.accountID
        return Rights(
            mayDecide: viewer.seesEverything || isOwner && isHandler, mayAnswer: isHandler, mayReword: isMaker)
    }

    /// Throws `.notFound` for what the viewer has no part in.
    func find(_ id: ReportID, _ viewer: Viewer) async throws -> Report {
        guard let report = try await catalogue.reports.find(id, viewer: viewer) else {
            throw Failure.notFound("report")
        }
        return report
    }

    func answer(_ id: ReportID, _ text: String?, by viewer: Viewer) async throws {
        let text = try ReportDraft.comment(text)
        try await require(id, viewer, \.mayAnswer)
        try await catalogue.reports.answer(id, text, by: viewer, at: .now)
    }

    func reword(_ id: ReportID, _ text: String?, by viewer: Viewer) async throws {
        let text = try ReportDraft.comment(text)
        try await require(id, viewer, \.mayReword)
        try await catalogue.reports.reword(id, text, by: viewer, at: .now)
    }

    /// Closes the report, as `.solved` or `.ignored`.
    func restore(_ id: ReportID, as status: Report.Status, by viewer: Viewer) async throws {
        try await require(id, viewer, \.mayDecide)
        try await catalogue.reports.restore(id, as: status, by: viewer, at: .now)
    }

    func deletePictures(_ id: ReportID, by viewer: Viewer) async throws {
        try await require(id, viewer, \.mayDecide)
        try await catalogue.reports.deletePictures(id, by: viewer, at: .now)
    }

    private func require(_ id: ReportID, _ viewer: Viewer, _ right: KeyPath<Rights, Bool>) async throws {
        guard try await rights(find(id, viewer), viewer)[keyPath: right] else {
            throw Failure(.forbidden, "You may look at this report, but not do that with it.")
        }
    }
}
