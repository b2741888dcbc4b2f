import Domain

/// What camera labels say of originals.
extension OriginalStore {
    package func rule(of label: CameraLabelID) async throws -> OriginalsRule {
        try await engine.read { try Self.rule(ofLabel: label, $0) }
    }

    static func rule(ofLabel label: CameraLabelID, _ connection: any SQLConnection) throws -> OriginalsRule {
        let rule = try connection.first(
            "SELECT originals, sealing_key_id, originals_days, raw_taken FROM camera_labels WHERE id = \(label)"
        ) { try Self.rule(&$0) }
        guard let rule else { throw Failure.notFound("camera label") }
        return rule
    }

    /// The rule of the label that the set belongs to, inside a transaction.
    static func rule(ofSet set: UploadSetID, _ connection: any SQLConnection) throws -> OriginalsRule {
        let rule = try connection.first(
            """
            SELECT l.originals, l.sealing_key_id, l.originals_days, l.raw_taken
            FROM upload_sets u JOIN camera_labels l ON l.id = u.label_id WHERE u.id = \(set)
            """
        ) { try Self.rule(&$0) }
        guard let rule else { throw Failure.notFound("upload set") }
        return rule
    }

    private static func rule(_ row: inout SQLRowReader) throws -> OriginalsRule {
        OriginalsRule(
            stored: try row.word(), keyID: row.optionalText(), days: row.optionalInt(), takesRaw: row.bool())
    }

    /// Holds for pictures that are not prepared yet; what is stored already stays as it is.
    ///
    /// Throws `.notFound` when there is no such label, `.conflict` when there is no such key.
    package func setRule(_ rule: OriginalsRule, of label: CameraLabelID) async throws {
        try await engine.write { connection in
            let count = try connection.execute(
                """
                UPDATE camera_labels SET originals = \(rule.policy.rawValue), sealing_key_id = \(rule.keyID),
                    originals_days = \(rule.days), raw_taken = \(rule.takesRaw)
                WHERE id = \(label)
                """)
            guard count == 1 else { throw Failure.notFound("camera label") }
        }
    }
}
