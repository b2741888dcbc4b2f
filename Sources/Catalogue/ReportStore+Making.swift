import Domain
import Foundation

extension ReportStore {
    /// One transaction: the report, and its pictures out of sight.
    ///
    /// - Throws: `.notFound` for what the viewer does not see, `.tooMany` beyond the quota.
    package func make(_ draft: ReportDraft, viewer: Viewer, quota: HourlyQuota, at moment: Date) async throws -> Report
    {
        try await engine.write { connection in
            let target = try Self.target(draft.target, Sight(viewer), connection)
            try Self.count(quota, at: moment, connection)
            let report = Report(
                id: ReportID(), issue: draft.issue, status: .waiting, pictureID: target.picture,
                sequenceID: target.sequence, ownerID: target.owner, labelID: target.label, uploadSetID: target.set,
                reporterID: viewer.accountID, reporterEmail: draft.email, reporterComments: draft.comments,
                resolverID: nil, resolverComments: nil, createdAt: moment, closedAt: nil)
            try Self.insert(report, connection)
            try ReportedPictures.add(where: target.pictures, to: report.id, connection)
            try ReportedPictures.applyAudience(of: report.id, at: moment, connection)
            try AuditStore.insert(
                "report.made", by: viewer, subject: report.id.string, details: Self.details(of: report), at: moment,
                connection)
            return report
        }
    }

    /// Forgets who reported what when, once it does not count any more.
    package func forgetQuotas(before moment: Date) async throws {
        try await engine.write { try $0.execute("DELETE FROM report_quota WHERE at < \(moment)") }
    }

    /// What an audit row says of a report: ids and words, nothing that a person wrote.
    static func details(of report: Report) -> [String: String] {
        var details = ["issue": report.issue.rawValue]
        details["picture"] = report.pictureID?.string
        details["sequence"] = report.sequenceID?.string
        return details
    }

    /// What is reported, and whose it is.
    private struct Target {
        var picture: PictureID?
        var sequence: SequenceID?
        let owner: AccountID
        let label: CameraLabelID
        let set: UploadSetID
        /// On `pictures`.
        let pictures: SQLStatement
    }

    private static func target(
        _ target: ReportDraft.Target, _ sight: Sight, _ connection: any SQLConnection
    ) throws -> Target {
        switch target {
        case .picture(let id):
            let found = try connection.first(
                """
                SELECT p.account_id, p.label_id, p.upload_set_id FROM pictures p
                WHERE p.id = \(id) AND \(sight.sees(named: "p"))
                """
            ) { row in
                Target(picture: id, owner: row.id(), label: row.id(), set: row.id(), pictures: "id = \(id)")
            }
            guard let found else { throw Failure.notFound("picture") }
            return found
        case .sequence(let id):
            let found = try connection.first(
                """
                SELECT s.account_id, s.label_id, s.upload_set_id FROM sequences s
                LEFT JOIN sequence_figures f ON f.sequence_id = s.id AND f.audience = \(sight.level(of: "s"))
                WHERE s.id = \(id) AND (f.sequence_id IS NOT NULL OR \(SequenceStore.isKnown(sight)))
                """
            ) { row in
                Target(sequence: id, owner: row.id(), label: row.id(), set: row.id(), pictures: "sequence_id = \(id)")
            }
            guard let found else { throw Failure.notFound("collection") }
            return found
        }
    }

    private static func count(_ quota: HourlyQuota, at moment: Date, _ connection: any SQLConnection) throws {
        let start = moment.addingTimeInterval(-HourlyQuota.span)
        let made: (count: Int, oldest: Date?)? = try connection.first(
            """
            SELECT COUNT(*), MIN(at) FROM report_quota WHERE reporter = \(quota.asker) AND at > \(start)
            """
        ) { ($0.int(), $0.optionalDate()) }
        try quota.check(count: made?.count ?? 0, oldest: made?.oldest, now: moment)
        try connection.execute("INSERT INTO report_quota (reporter, at) VALUES (\(quota.asker), \(moment))")
    }

    private static func insert(_ report: Report, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO reports
                (id, issue, status, picture_id, sequence_id, account_id, label_id, upload_set_id, reporter_id,
                reporter_email, reporter_comments, created_at)
            VALUES (\(report.id), \(report.issue.rawValue), \(report.status.rawValue), \(report.pictureID),
                \(report.sequenceID), \(report.ownerID), \(report.labelID), \(report.uploadSetID),
                \(report.reporterID), \(report.reporterEmail), \(report.reporterComments), \(report.createdAt))
            """)
    }
}
