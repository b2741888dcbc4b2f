import Domain
import Foundation

/// The newest picture of a camera label that its hotlink shows, and that routes of the newest picture send.
enum NewestPicture {
    /// A camera whose clock is ahead must not stand in front of all that comes after it. Seconds.
    private static let clocksAreAhead: TimeInterval = 86_400

    /// Its id, as a value; null when there is none.
    ///
    /// - Parameter label: the label's id, as a value.
    static func id(of label: SQLStatement, at moment: Date) -> SQLStatement {
        """
        (SELECT q.id FROM pictures q
        WHERE q.label_id = \(label) AND \(Sight.publishes("q"))
            AND q.captured_at <= \(moment.addingTimeInterval(clocksAreAhead))
        ORDER BY q.captured_at DESC, q.id LIMIT 1)
        """
    }

    static func find(
        _ label: CameraLabelID, at moment: Date, _ connection: any SQLConnection
    ) throws -> PictureID? {
        try connection.first(
            "SELECT p.id FROM pictures p WHERE p.id = \(id(of: "\(label)", at: moment))"
        ) { $0.id() }
    }
}
