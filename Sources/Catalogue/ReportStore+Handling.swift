import Domain
import Foundation

/// What people do about a report; each step is one transaction with its row in the audit log. Whether they may is asked
/// before (`Web/Administration/ReportHandling`). Each throws `.notFound` when there is no such report, and `.conflict`
/// when it is closed.
extension ReportStore {
    /// A word to who made it; it goes on waiting.
    package func answer(_ id: ReportID, _ text: String?, by viewer: Viewer, at moment: Date) async throws {
        try await engine.write { connection in
            let report = try Self.waiting(id, connection)
            try connection.execute(
                """
                UPDATE reports SET resolver_id = \(viewer.accountID), resolver_comments = \(text) WHERE id = \(id)
                """)
            try AuditStore.insert(
                "report.answered", by: viewer, subject: id.string, details: Self.details(of: report), at: moment,
                connection)
        }
    }

    /// What its maker says of it.
    package func reword(_ id: ReportID, _ text: String?, by viewer: Viewer, at moment: Date) async throws {
        try await engine.write { connection in
            let report = try Self.waiting(id, connection)
            try connection.execute("UPDATE reports SET reporter_comments = \(text) WHERE id = \(id)")
            try AuditStore.insert(
                "report.reworded", by: viewer, subject: id.string, details: Self.details(of: report), at: moment,
                connection)
        }
    }

    /// Closes it: its pictures are shown again, unless another report about them waits.
    ///
    /// - Throws: `.conflict` (`reason` `redact_first`) for a privacy report when nothing was redacted since and the
    ///   viewer is no administrator.
    package func restore(_ id: ReportID, as status: Report.Status, by viewer: Viewer, at moment: Date) async throws {
        try await engine.write { connection in
            let report = try Self.waiting(id, connection)
            let owesRedaction = try report.issue == .privacy && !ReportedPictures.isRedacted(since: id, connection)
            guard !owesRedaction || viewer.seesEverything else {
                throw Failure(
                    .conflict,
                    "Redact what the report is about first. Only an administrator may show it again without.",
                    details: ["reason": "redact_first"])
            }
            try connection.execute(
                """
                UPDATE reports SET status = \(status.rawValue), closed_at = \(moment),
                    resolver_id = \(viewer.accountID)
                WHERE id = \(id)
                """)
            try ReportedPictures.applyAudience(of: id, at: moment, connection)
            var details = Self.details(of: report)
            details["status"] = status.rawValue
            if owesRedaction { details["without_redaction"] = "true" }
            try AuditStore.insert(
                "report.restored", by: viewer, subject: id.string, details: details, at: moment, connection)
        }
    }

    /// Deletes the pictures it is about, and with the last of their bytes the report itself; queues `erase`.
    package func deletePictures(_ id: ReportID, by viewer: Viewer, at moment: Date) async throws {
        try await engine.write { connection in
            let report = try Self.waiting(id, connection)
            let pictures = try connection.rows("SELECT picture_id FROM report_pictures WHERE report_id = \(id)") {
                $0.id(PictureID.self)
            }
            let details = Self.details(of: report).merging(["pictures": "\(pictures.count)"]) { $1 }
            try AuditStore.insert(
                "report.deleted", by: viewer, subject: id.string, details: details, at: moment, connection)
            try connection.execute("UPDATE reports SET resolver_id = \(viewer.accountID) WHERE id = \(id)")
            let receipt = Self.receipt(for: report, by: viewer, at: moment)
            try receipt.begin(connection)
            for part in pictures.parts(of: 500) {
                try PictureErasure.erase(
                    where: "id IN \(SQLStatement.list(part.map { .id($0) }))", as: receipt, at: moment, connection)
            }
            try receipt.finishIfEmpty(connection)
        }
    }

    private static func receipt(for report: Report, by viewer: Viewer, at moment: Date) -> ErasureRequest {
        if let id = report.sequenceID { return ErasureRequest(.sequence, id, by: viewer, at: moment) }
        if let id = report.pictureID { return ErasureRequest(.picture, id, by: viewer, at: moment) }
        // Its trip was cut anew since: what is left of it is known by the upload.
        return ErasureRequest(.uploadSet, report.uploadSetID, by: viewer, at: moment)
    }

    private static func waiting(_ id: ReportID, _ connection: any SQLConnection) throws -> Report {
        let report = try connection.first("SELECT \(ReportRow.columns) FROM reports r WHERE r.id = \(id)") {
            try ReportRow.report(&$0)
        }
        guard let report else { throw Failure.notFound("report") }
        guard report.status == .waiting else {
            throw Failure(.conflict, "The report is closed already.", details: ["reason": "closed"])
        }
        return report
    }
}
