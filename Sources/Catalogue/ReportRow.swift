import Domain
import Foundation

/// The columns of a report, read in one order.
enum ReportRow {
    static let columns: SQLStatement = """
        r.id, r.issue, r.status, r.picture_id, r.sequence_id, r.account_id, r.label_id, r.upload_set_id, \
        r.reporter_id, r.reporter_email, r.reporter_comments, r.resolver_id, r.resolver_comments, r.created_at, \
        r.closed_at
        """

    static func report(_ row: inout SQLRowReader) throws -> Report {
        Report(
            id: row.id(), issue: try row.word(), status: try row.word(), pictureID: row.optionalID(),
            sequenceID: row.optionalID(), ownerID: row.id(), labelID: row.id(), uploadSetID: row.id(),
            reporterID: row.optionalID(), reporterEmail: row.optionalText(), reporterComments: row.optionalText(),
            resolverID: row.optionalID(), resolverComments: row.optionalText(), createdAt: row.date(),
            closedAt: row.optionalDate())
    }

    /// Handled by the owner of the pictures, managers with a grant on the label, and administrators; who made it sees
    /// what became of it.
    static func sees(_ viewer: Viewer) -> SQLStatement {
        guard let account = viewer.accountID else { return Sight(viewer).manages("r") }
        return "(\(Sight(viewer).manages("r")) OR r.reporter_id = \(account))"
    }
}
