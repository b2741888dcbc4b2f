import Domain
import Foundation

/// What routes of the newest picture alone ask.
extension DeliveryStore {
    /// The picture of a label that its hotlink would show; nil when there is none.
    package func newest(of label: CameraLabelID, at moment: Date) async throws -> PictureID? {
        try await engine.read { try NewestPicture.find(label, at: moment, $0) }
    }

    /// Names of files at a destination of which it is not known whether they have arrived.
    package func undelivered(_ route: RouteID, _ destination: Int) async throws -> [String] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT name FROM deliveries
                WHERE route_id = \(route) AND destination = \(destination) AND delivered_at IS NULL ORDER BY name
                """
            ) { $0.text() }
        }
    }

    /// Whether a picture's name at a destination may become another's: not while it shows another label's newest.
    static func gaveWay(
        _ holder: PictureID, to picture: PictureID, _ connection: any SQLConnection
    ) throws -> Bool {
        try !connection.exists(
            """
            SELECT 1 FROM pictures h JOIN pictures p ON p.id = \(picture)
            WHERE h.id = \(holder) AND h.label_id <> p.label_id AND \(Sight.publishes("h"))
            """)
    }
}
