import Domain

/// Which cameras have taken pictures of which labels, as far as a viewer sees them.
package struct CameraCheck: Hashable, Sendable {
    /// Whether pictures of the label were taken by this camera.
    package let isKnownHere: Bool
    /// Another camera of the label's pictures; nil where there is none.
    package let other: String?
    /// Names of other labels with pictures by this camera.
    package let elsewhere: [String]
}

extension LabelStore {
    /// Compares the serial number of a camera's body with the pictures that are here.
    ///
    /// Each question is answered by the first picture that is found, so that it costs little however many there are.
    package func check(serial: String, for label: CameraLabelID, viewer: Viewer) async throws -> CameraCheck {
        let sees = Sight(viewer).sees(named: "p")
        let grants = Sight(viewer).grants("l.id")
        return try await engine.read { connection in
            let isKnown = try connection.exists(
                """
                SELECT 1 FROM pictures p
                WHERE p.label_id = \(label) AND p.serial_number = \(serial) AND \(sees) LIMIT 1
                """)
            let other = try connection.first(
                """
                SELECT p.serial_number FROM pictures p
                WHERE p.label_id = \(label) AND p.serial_number IS NOT NULL AND p.serial_number <> \(serial)
                    AND \(sees) LIMIT 1
                """
            ) { $0.text() }
            let elsewhere = try connection.rows(
                """
                SELECT l.name FROM camera_labels l
                WHERE l.id <> \(label) AND \(grants) AND EXISTS (
                    SELECT 1 FROM pictures p WHERE p.label_id = l.id AND p.serial_number = \(serial) AND \(sees))
                ORDER BY l.name LIMIT 5
                """
            ) { $0.text() }
            return CameraCheck(isKnownHere: isKnown, other: other, elsewhere: elsewhere)
        }
    }
}
