import Domain
import Foundation

/// What lies where.
package struct DeliveryStore: Sendable {
    let engine: any SQLEngine

    /// The picture as it is now; nil when it is erased or gone.
    package func subject(_ id: PictureID, at moment: Date = .now) async throws -> DeliverySubject? {
        try await engine.read { connection in
            let found = try connection.first(
                """
                SELECT \(LabelStore.columns), l.sealing_key_id, l.originals_days, l.raw_taken, \(Sight.mayLeave("p")),
                    \(PictureRow.columns)
                FROM pictures p JOIN camera_labels l ON l.id = p.label_id
                WHERE p.id = \(id) AND p.erased_at IS NULL
                """
            ) { row in
                let label = try LabelStore.label(&row)
                let rule = OriginalsRule(
                    stored: label.originals, keyID: row.optionalText(), days: row.optionalInt(), takesRaw: row.bool())
                let mayBeSeen = row.bool()
                return DeliverySubject(
                    picture: try PictureRow.picture(&row), label: label, rule: rule, mayBeSeen: mayBeSeen, original: nil
                )
            }
            guard let found else { return nil }
            return DeliverySubject(
                picture: found.picture, label: found.label, rule: found.rule, mayBeSeen: found.mayBeSeen,
                original: try OriginalStore.stored(id, at: moment, connection),
                raw: try OriginalStore.raws(of: [id], Sight(.system), connection)[id])
        }
    }

    /// What lies at a destination of one picture, or may.
    package func records(_ route: RouteID, _ destination: Int, of id: PictureID) async throws -> [DeliveryRecord] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT \(Self.columns) FROM deliveries s
                WHERE s.route_id = \(route) AND s.destination = \(destination) AND s.picture_id = \(id) ORDER BY s.name
                """
            ) { try Self.record(&$0) }
        }
    }

    /// What lies anywhere of one picture, or may.
    package func records(for id: PictureID) async throws -> [DeliveryRecord] {
        try await engine.read { connection in
            try connection.rows(
                "SELECT \(Self.columns) FROM deliveries s WHERE s.picture_id = \(id) ORDER BY s.name"
            ) { try Self.record(&$0) }
        }
    }

    /// What lies at a destination after the name `after`, in order of names, with the pictures.
    package func records(
        _ route: RouteID, _ destination: Int, after: String?, limit: Int
    ) async throws -> [(picture: PictureID, record: DeliveryRecord)] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT s.picture_id, \(Self.columns) FROM deliveries s
                WHERE s.route_id = \(route) AND s.destination = \(destination) AND s.name > \(after ?? "")
                ORDER BY s.name LIMIT \(limit)
                """
            ) { row in (picture: row.id(PictureID.self), record: try Self.record(&row)) }
        }
    }

    /// Says, before anything is sent, which file is going to lie there.
    ///
    /// - Parameters:
    ///   - names: those it may have, the first that is free or its own already is taken.
    ///   - takesOver: a name becomes this picture's although another of its label had it.
    /// - Returns: the name it gets.
    /// - Throws: `.conflict` when all are other pictures'.
    package func reserve(
        _ entry: OutboxEntry, _ content: RouteContent, names: [String], size: Int64, sha256: String, revision: Int,
        takesOver: Bool = false
    ) async throws -> String {
        try await engine.write { connection in
            for name in names {
                let key: SQLStatement = """
                    route_id = \(entry.routeID) AND destination = \(entry.destination) AND name = \(name)
                    """
                let holder = try connection.first("SELECT picture_id, kind FROM deliveries WHERE \(key)") { row in
                    (row.id(PictureID.self), row.text())
                }
                if let (picture, kind) = holder, picture != entry.pictureID || kind != content.word {
                    guard try takesOver && Self.gaveWay(picture, to: entry.pictureID, connection) else { continue }
                    try connection.execute("DELETE FROM deliveries WHERE \(key)")
                }
                try connection.execute(
                    """
                    INSERT INTO deliveries (route_id, destination, picture_id, kind, name, size, sha256, revision)
                    VALUES (\(entry.routeID), \(entry.destination), \(entry.pictureID), \(content.word), \(name),
                        \(size), \(sha256), \(revision))
                    ON CONFLICT (route_id, destination, picture_id, name) DO UPDATE SET size = excluded.size,
                        sha256 = excluded.sha256, revision = excluded.revision, delivered_at = NULL
                    """)
                return name
            }
            throw Failure(.conflict, "Another picture has the name \(names.first ?? "") at that destination.")
        }
    }

    /// The file lies there.
    package func delivered(_ entry: OutboxEntry, _ name: String, at moment: Date) async throws {
        try await engine.write { connection in
            try connection.execute(
                "UPDATE deliveries SET delivered_at = \(moment) WHERE \(Self.isFile(entry, name))")
        }
    }

    /// The file lies there no more.
    package func forget(_ entry: OutboxEntry, _ name: String) async throws {
        try await engine.write { connection in
            try connection.execute("DELETE FROM deliveries WHERE \(Self.isFile(entry, name))")
        }
    }

    private static func isFile(_ entry: OutboxEntry, _ name: String) -> SQLStatement {
        """
        route_id = \(entry.routeID) AND destination = \(entry.destination) AND picture_id = \(entry.pictureID) \
        AND name = \(name)
        """
    }

    static let columns: SQLStatement = "s.kind, s.name, s.size, s.sha256, s.revision, s.delivered_at"

    static func record(_ row: inout SQLRowReader) throws -> DeliveryRecord {
        guard let content = RouteContent(word: row.text()) else {
            throw Failure(.internalError, "The catalogue holds a word that this version does not know.")
        }
        return DeliveryRecord(
            content: content, name: row.text(), size: row.int64(), sha256: row.text(), revision: row.int(),
            deliveredAt: row.optionalDate())
    }
}
