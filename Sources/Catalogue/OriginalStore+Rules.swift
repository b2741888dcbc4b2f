import Domain

/// What camera labels say of originals.
extension OriginalStore {
    package func rule(of label: CameraLabelID) async throws -> OriginalsRule {
        let rule = try await engine.read { connection in
            try connection.first(
                "SELECT originals, sealing_key_id, originals_days FROM camera_labels WHERE id = \(label)"
            ) { OriginalsRule(stored: try $0.word(), keyID: $0.optionalText(), days: $0.optionalInt()) }
        }
        guard let rule else { throw Failure.notFound("camera label") }
        return rule
    }

    /// Holds for pictures that are not prepared yet; what is stored already stays as it is.
    ///
    /// Throws `.notFound` when there is no such label, `.conflict` when there is no such key.
    package func setRule(_ rule: OriginalsRule, of label: CameraLabelID) async throws {
        try await engine.write { connection in
            let count = try connection.execute(
                """
                UPDATE camera_labels SET originals = \(rule.policy.rawValue), sealing_key_id = \(rule.keyID),
                    originals_days = \(rule.days)
                WHERE id = \(label)
                """)
            guard count == 1 else { throw Failure.notFound("camera label") }
        }
    }
}
