import Domain
import Foundation

/// A picture, or a file of one, that a rule is about.
struct RetentionRow {
    let point: RetentionPoint
    /// Bytes.
    let size: Int64
    /// A route has still to be brought in line with it.
    let isOwed: Bool

    enum Order {
        case newestFirst, oldestFirst
    }

    /// At most `limit` of them, beyond a place in the order.
    static func page(
        _ rule: RetentionRule, _ order: Order, beyond point: RetentionPoint?, limit: Int, at moment: Date,
        _ connection: any SQLConnection
    ) throws -> [RetentionRow] {
        try connection.rows(
            """
            SELECT p.id, p.created_at, \(isOwed), \(columns(rule.what))
            WHERE p.label_id = \(rule.labelID) AND p.created_at >= 0 AND p.erased_at IS NULL
                AND p.status IN ('prepared', 'broken')\(present(rule.what, moment)) AND \(beyond(point, order))
            ORDER BY \(columns(of: order)) LIMIT \(limit)
            """
        ) { row in
            let (id, at, isOwed) = (row.id(PictureID.self), row.date(), row.bool())
            var size = row.int64()
            if rule.what == .picture {
                size += try DerivativeList.decode(row.text()).reduce(0) { $0 + $1.size }
            }
            return RetentionRow(point: RetentionPoint(at: at, id: id), size: size, isOwed: isOwed)
        }
    }

    /// By the destinations, which are few: so the outbox is asked by its key. A cross join, since else SQLite reads all of it.
    static let isOwed: SQLStatement = """
        EXISTS (SELECT 1 FROM route_destinations d CROSS JOIN outbox x
            ON x.route_id = d.route_id AND x.destination = d.number AND x.picture_id = p.id)
        """

    private static func columns(_ what: RetentionRule.Class) -> SQLStatement {
        switch what {
        case .original: "o.size FROM originals o JOIN pictures p ON p.id = o.picture_id"
        case .raw: "o.size FROM raw_originals o JOIN pictures p ON p.id = o.picture_id"
        case .picture:
            """
            COALESCE((SELECT o.size FROM originals o WHERE o.picture_id = p.id), 0)
                + COALESCE((SELECT w.size FROM raw_originals w WHERE w.picture_id = p.id), 0), p.derivatives
            FROM pictures p
            """
        }
    }

    private static func columns(of order: Order) -> SQLStatement {
        switch order {
        case .newestFirst: "p.created_at DESC, p.id DESC"
        case .oldestFirst: "p.created_at, p.id"
        }
    }

    private static func present(_ what: RetentionRule.Class, _ moment: Date) -> SQLStatement {
        what == .picture ? "" : " AND (o.expires_at IS NULL OR o.expires_at > \(moment))"
    }

    private static func beyond(_ point: RetentionPoint?, _ order: Order) -> SQLStatement {
        guard let point else { return "1 = 1" }
        return order == .newestFirst
            ? "(p.created_at, p.id) < (\(point.at), \(point.id))" : "(p.created_at, p.id) > (\(point.at), \(point.id))"
    }
}
