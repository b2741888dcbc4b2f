import Domain

/// A report as Panoramax tells of it.
struct ReportDocument {
    let report: Report
    /// The address that a guest left is for those who decide.
    let showsEmail: Bool

    var json: JSON {
        [
            "id": .string(report.id.string), "issue": .string(report.issue.rawValue),
            "status": .string(report.status.rawValue), "picture_id": .optional(report.pictureID?.string),
            "sequence_id": .optional(report.sequenceID?.string),
            "ts_opened": .string(RFC3339.string(report.createdAt)),
            "ts_closed": .optional(report.closedAt.map(RFC3339.string)),
            "reporter_account_id": .optional(report.reporterID?.string),
            "reporter_email": .optional(showsEmail ? report.reporterEmail : nil),
            "reporter_comments": .optional(report.reporterComments),
            "resolver_account_id": .optional(report.resolverID?.string),
            "resolver_comments": .optional(report.resolverComments),
        ]
    }
}
