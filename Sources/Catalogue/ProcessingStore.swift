import Domain
import Foundation

/// What is done to the pictures of labels before anything is made of them, and what was done to each.
package struct ProcessingStore: Sendable {
    let engine: any SQLEngine

    /// Throws `.notFound` when there is no such label.
    package func rule(of label: CameraLabelID) async throws -> FirstProcessing {
        try await engine.read { connection in try Self.rule(of: label, connection) }
    }

    /// Changes the rule as it is now, for pictures that are worked on from now on; audited in the same transaction.
    ///
    /// - Parameter logo: PNG; nil: the one that is there stays, empty: it goes.
    /// - Throws: what `change` throws, and then nothing is changed; `.notFound`.
    package func change(
        _ label: CameraLabelID, logo: Data? = nil, by viewer: Viewer, at moment: Date,
        _ change: @escaping @Sendable (inout FirstProcessing) throws -> Void
    ) async throws -> FirstProcessing {
        try await engine.write { connection in
            let before = try Self.rule(of: label, connection)
            var after = before
            try change(&after)
            guard after != before || logo != nil else { return after }
            let kept = try Self.logo(of: label, connection)
            let png = logo.map { $0.isEmpty ? nil : $0 } ?? kept
            guard after.logo == nil || png != nil else {
                throw Failure(
                    .unprocessable, "Send a picture of the logo first, as PNG.", details: ["reason": "no_logo"])
            }
            let rule = try JSONText.encode(after)
            try connection.execute(
                """
                INSERT INTO label_processing (label_id, rule, logo, updated_at)
                VALUES (\(label), \(rule), \(SQLValue.optional(png) { .blob($0) }), \(moment))
                ON CONFLICT (label_id) DO UPDATE SET rule = excluded.rule, logo = excluded.logo,
                    updated_at = excluded.updated_at
                """)
            var details = ["before": try JSONText.encode(before), "after": rule]
            details["logo"] = logo.map { $0.isEmpty ? "removed" : "\($0.count) bytes" }
            try AuditStore.insert(
                "label.processing-changed", by: viewer, subject: label.string, details: details, at: moment, connection)
            return after
        }
    }

    /// The logo of a label, as PNG.
    package func logo(of label: CameraLabelID) async throws -> Data? {
        try await engine.read { connection in try Self.logo(of: label, connection) }
    }

    /// What a picture shows of what its camera wrote.
    package func frame(of picture: PictureID) async throws -> FrameRecord {
        try await engine.read { connection in try Self.record(of: picture, connection) }
    }

    static func record(of picture: PictureID, _ connection: any SQLConnection) throws -> FrameRecord {
        try connection.first("SELECT frame FROM picture_frames WHERE picture_id = \(picture)") { try $0.json() }
            ?? FrameRecord(frame: nil)
    }

    /// A picture that could not be turned stays as it is.
    static func forgetTurn(of picture: PictureID, _ connection: any SQLConnection) throws {
        let record = try record(of: picture, connection)
        guard record.owedTurns != 0 else { return }
        try note(
            FrameRecord(frame: record.frame, isOwed: record.isOwed, turns: record.turns), of: picture, connection)
    }

    /// In the transaction that makes the picture.
    static func note(_ record: FrameRecord, of picture: PictureID, _ connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM picture_frames WHERE picture_id = \(picture)")
        guard record.isWorthKeeping else { return }
        try connection.execute(
            "INSERT INTO picture_frames (picture_id, frame) VALUES (\(picture), \(try JSONText.encode(record)))")
    }

    static func rule(of label: CameraLabelID, _ connection: any SQLConnection) throws -> FirstProcessing {
        let known = try connection.first(
            """
            SELECT p.rule FROM camera_labels l LEFT JOIN label_processing p ON p.label_id = l.id WHERE l.id = \(label)
            """
        ) { try $0.optionalJSON(FirstProcessing.self) ?? .none }
        guard let known else { throw Failure.notFound("camera label") }
        return known
    }

    private static func logo(of label: CameraLabelID, _ connection: any SQLConnection) throws -> Data? {
        try connection.first("SELECT logo FROM label_processing WHERE label_id = \(label)") { $0.optionalBlob() } ?? nil
    }
}
