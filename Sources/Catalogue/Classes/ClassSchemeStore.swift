import Domain
import Foundation

/// Schemes of classes. A viewer knows those that are for all camera labels, or for one that they may read.
package struct ClassSchemeStore: Sendable {
    let engine: any SQLEngine

    /// By name.
    package func list(viewer: Viewer) async throws -> [ClassScheme] {
        try await engine.read { connection in
            try Self.schemes(where: Self.knows(viewer), connection)
        }
    }

    package func find(_ id: ClassSchemeID, viewer: Viewer) async throws -> ClassScheme? {
        try await engine.read { connection in
            try Self.schemes(where: "s.id = \(id) AND \(Self.knows(viewer))", connection).first
        }
    }

    /// Audited. Throws `.conflict` when the name is taken (compared without case), `.unprocessable` for a camera label that
    /// there is not.
    package func create(_ scheme: ClassScheme, by viewer: Viewer) async throws {
        try await engine.write { connection in
            try Self.refuseTakenName(scheme, connection)
            try connection.execute(
                """
                INSERT INTO class_schemes (id, name, name_key, tag_key, subject, classes, for_all, created_at)
                VALUES (\(scheme.id), \(scheme.name), \(NameKey.of(scheme.name)), \(scheme.key),
                    \(scheme.subject.rawValue), \(try JSONText.encode(scheme.classes)), \(scheme.labels == nil),
                    \(scheme.createdAt))
                """)
            try Self.storeLabels(scheme, connection)
            try Self.audit("classes.created", scheme, by: viewer, connection)
        }
    }

    /// Changes name, classes and camera labels; key and subject stay, since tags were made with them. Audited.
    ///
    /// Throws as `create`, and `.notFound`.
    package func update(_ scheme: ClassScheme, by viewer: Viewer) async throws {
        try await engine.write { connection in
            try Self.refuseTakenName(scheme, connection)
            let count = try connection.execute(
                """
                UPDATE class_schemes SET name = \(scheme.name), name_key = \(NameKey.of(scheme.name)),
                    classes = \(try JSONText.encode(scheme.classes)), for_all = \(scheme.labels == nil)
                WHERE id = \(scheme.id)
                """)
            guard count == 1 else { throw Self.missing }
            try connection.execute("DELETE FROM class_scheme_labels WHERE scheme_id = \(scheme.id)")
            try Self.storeLabels(scheme, connection)
            try Self.audit("classes.changed", scheme, by: viewer, connection)
        }
    }

    /// The tags that were made with it stay. Audited. Throws `.notFound`.
    package func delete(_ id: ClassSchemeID, by viewer: Viewer) async throws {
        try await engine.write { connection in
            guard let scheme = try Self.schemes(where: "s.id = \(id)", connection).first else { throw Self.missing }
            try connection.execute("DELETE FROM class_schemes WHERE id = \(id)")
            try Self.audit("classes.deleted", scheme, by: viewer, connection)
        }
    }

    package static let missing = Failure.notFound("scheme of classes")

    private static func knows(_ viewer: Viewer) -> SQLStatement {
        """
        (s.for_all = 1 OR EXISTS (SELECT 1 FROM class_scheme_labels c \
        WHERE c.scheme_id = s.id AND \(Sight(viewer).grants("c.label_id"))))
        """
    }

    private static func schemes(
        where condition: SQLStatement, _ connection: any SQLConnection
    ) throws -> [ClassScheme] {
        try connection.rows(
            """
            SELECT s.id, s.name, s.tag_key, s.subject, s.classes, s.for_all, s.created_at FROM class_schemes s
            WHERE \(condition) ORDER BY s.name_key
            """
        ) { row in
            let id: ClassSchemeID = row.id()
            let (name, key, subject) = (row.text(), row.text(), try row.word(ClassScheme.Subject.self))
            let (classes, isForAll) = (try row.jsonList(of: PictureClass.self), row.bool())
            return try ClassScheme(
                id: id, name: name, key: key, subject: subject, classes: classes,
                labels: isForAll ? nil : try labels(of: id, connection), createdAt: row.date())
        }
    }

    private static func labels(
        of id: ClassSchemeID, _ connection: any SQLConnection
    ) throws -> Set<CameraLabelID> {
        Set(
            try connection.rows("SELECT label_id FROM class_scheme_labels WHERE scheme_id = \(id)") {
                $0.id(CameraLabelID.self)
            })
    }

    private static func storeLabels(_ scheme: ClassScheme, _ connection: any SQLConnection) throws {
        for label in scheme.labels ?? [] {
            guard try connection.exists("SELECT 1 FROM camera_labels WHERE id = \(label)") else {
                throw Failure(
                    .unprocessable, "There is no such camera label.", details: ["camera_label": label.string])
            }
            try connection.execute(
                "INSERT INTO class_scheme_labels (scheme_id, label_id) VALUES (\(scheme.id), \(label))")
        }
    }

    private static func refuseTakenName(_ scheme: ClassScheme, _ connection: any SQLConnection) throws {
        let key = NameKey.of(scheme.name)
        guard try connection.exists("SELECT 1 FROM class_schemes WHERE name_key = \(key) AND id <> \(scheme.id)")
        else { return }
        throw Failure(.conflict, "There is already a scheme of that name.", details: ["name": scheme.name])
    }

    private static func audit(
        _ action: String, _ scheme: ClassScheme, by viewer: Viewer, _ connection: any SQLConnection
    ) throws {
        try AuditStore.insert(
            action, by: viewer, subject: scheme.id.string,
            details: [
                "name": scheme.name, "key": scheme.key, "subject": scheme.subject.rawValue,
                "classes": scheme.classes.map(\.value).joined(separator: ", "),
            ], at: .now, connection)
    }
}
