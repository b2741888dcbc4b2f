import Domain
import Foundation

/// Camera labels and who they are granted to.
package struct LabelStore: Sendable {
    let engine: any SQLEngine

    /// Throws `.conflict` when the name is taken (compared without case).
    package func create(_ label: CameraLabel) async throws {
        try await engine.write { connection in
            try Self.refuseTakenName(label, connection)
            try connection.execute(
                """
                INSERT INTO camera_labels (id, name, name_key, redaction, originals, created_at, relative_heading,
                    clock_zone)
                VALUES (\(label.id), \(label.name), \(NameKey.of(label.name)), \(try JSONText.encode(label.redaction)),
                    \(label.originals.rawValue), \(label.createdAt), \(label.mounting.relativeHeading),
                    \(label.mounting.clockZone))
                """)
        }
    }

    package func find(_ id: CameraLabelID, viewer: Viewer) async throws -> CameraLabel? {
        try await engine.read { connection in
            try connection.first(
                "SELECT \(Self.columns) FROM camera_labels l WHERE l.id = \(id) AND \(Sight(viewer).grants("l.id"))"
            ) { try Self.label(&$0) }
        }
    }

    package func find(name: String, viewer: Viewer) async throws -> CameraLabel? {
        try await engine.read { connection in
            try connection.first(
                """
                SELECT \(Self.columns) FROM camera_labels l
                WHERE l.name_key = \(NameKey.of(name)) AND \(Sight(viewer).grants("l.id"))
                """
            ) { try Self.label(&$0) }
        }
    }

    /// The labels the viewer may read, by name.
    package func list(viewer: Viewer) async throws -> [CameraLabel] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT \(Self.columns) FROM camera_labels l
                WHERE \(Sight(viewer).grants("l.id")) ORDER BY l.name_key
                """
            ) { try Self.label(&$0) }
        }
    }

    /// Name, redaction and mounting; originals have a rule of their own (`OriginalStore`).
    package func update(_ label: CameraLabel) async throws {
        try await engine.write { connection in try Self.store(label, connection) }
    }

    /// Changes a label as it is now, so that two who change different things do not undo each other's.
    ///
    /// - Returns: the label before and after.
    /// - Throws: what `change` throws, and then nothing is changed; `.notFound`.
    package func change(
        _ id: CameraLabelID, _ change: @escaping @Sendable (inout CameraLabel) throws -> Void
    ) async throws -> (before: CameraLabel, after: CameraLabel) {
        try await engine.write { connection in
            let before = try connection.first("SELECT \(Self.columns) FROM camera_labels l WHERE l.id = \(id)") {
                try Self.label(&$0)
            }
            guard let before else { throw Failure.notFound("camera label") }
            var after = before
            try change(&after)
            if after != before { try Self.store(after, connection) }
            return (before, after)
        }
    }

    private static func store(_ label: CameraLabel, _ connection: any SQLConnection) throws {
        try refuseTakenName(label, connection)
        let count = try connection.execute(
            """
            UPDATE camera_labels SET name = \(label.name), name_key = \(NameKey.of(label.name)),
                redaction = \(try JSONText.encode(label.redaction)),
                relative_heading = \(label.mounting.relativeHeading), clock_zone = \(label.mounting.clockZone)
            WHERE id = \(label.id)
            """)
        guard count == 1 else { throw Failure.notFound("camera label") }
    }

    /// Granting twice is the same as once. Throws `.notFound` when there is no such label or account.
    package func grant(_ label: CameraLabelID, to account: AccountID) async throws {
        try await engine.write { connection in
            guard try connection.exists("SELECT 1 FROM camera_labels WHERE id = \(label)") else {
                throw Failure.notFound("camera label")
            }
            guard try connection.exists("SELECT 1 FROM accounts WHERE id = \(account)") else {
                throw Failure.notFound("account")
            }
            try connection.execute(
                "INSERT INTO grants (account_id, label_id) VALUES (\(account), \(label)) ON CONFLICT DO NOTHING")
        }
    }

    package func withdraw(_ label: CameraLabelID, from account: AccountID) async throws {
        try await engine.write { connection in
            try connection.execute("DELETE FROM grants WHERE label_id = \(label) AND account_id = \(account)")
        }
    }

    /// Accounts with a grant on the label, by name.
    package func grantees(_ label: CameraLabelID) async throws -> [Account] {
        try await engine.read { connection in
            try connection.rows(
                """
                \(AccountStore.select) JOIN grants g ON g.account_id = a.id
                WHERE g.label_id = \(label) ORDER BY a.name_key
                """
            ) { try AccountStore.account(&$0) }
        }
    }

    /// Labels granted to the account, by name.
    package func grants(of account: AccountID) async throws -> [CameraLabel] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT \(Self.columns) FROM camera_labels l JOIN grants g ON g.label_id = l.id
                WHERE g.account_id = \(account) ORDER BY l.name_key
                """
            ) { try Self.label(&$0) }
        }
    }

    static let columns: SQLStatement = """
        l.id, l.name, l.redaction, l.originals, l.created_at, l.relative_heading, l.clock_zone
        """

    static func label(_ row: inout SQLRowReader) throws -> CameraLabel {
        var label = CameraLabel(
            id: row.id(), name: row.text(), redaction: try row.json(), originals: try row.word(),
            createdAt: row.date())
        label.mounting = CameraMounting(stored: row.optionalDouble(), row.optionalText())
        return label
    }

    private static func refuseTakenName(_ label: CameraLabel, _ connection: any SQLConnection) throws {
        let key = NameKey.of(label.name)
        guard try connection.exists("SELECT 1 FROM camera_labels WHERE name_key = \(key) AND id <> \(label.id)") else {
            return
        }
        throw Failure(.conflict, "There is already a camera label of that name.", details: ["name": label.name])
    }
}
