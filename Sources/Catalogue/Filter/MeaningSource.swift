import Domain

/// Where what was said of a thing is found: of a picture, also what was said of its sequence, and of its regions by people
/// and models, as an item shows it.
enum MeaningSource {
    case picture
    case sequence

    /// All of it, in a column `value`, as KEY=VALUE.
    var pairs: SQLStatement {
        switch self {
        case .sequence: "SELECT t.key || '=' || t.value AS value FROM sequence_tags t WHERE t.sequence_id = s.id"
        case .picture:
            """
            SELECT t.key || '=' || t.value AS value FROM picture_tags t WHERE t.picture_id = p.id \
            UNION ALL SELECT t.key || '=' || t.value FROM sequence_tags t WHERE t.sequence_id = p.sequence_id \
            UNION ALL SELECT t.key || '=' || t.value FROM annotations n CROSS JOIN annotation_tags t \
            WHERE n.picture_id = p.id AND t.annotation_id = n.id \
            UNION ALL SELECT 'wayside|object=' || d.class FROM detections d WHERE d.picture_id = p.id
            """
        }
    }

    /// The values of one key, in a column `value`.
    func values(of key: String) -> SQLStatement {
        switch self {
        case .sequence: return "SELECT t.value FROM sequence_tags t WHERE t.sequence_id = s.id AND t.key = \(key)"
        case .picture:
            let said: SQLStatement = """
                SELECT t.value FROM picture_tags t WHERE t.picture_id = p.id AND t.key = \(key) \
                UNION ALL SELECT t.value FROM sequence_tags t WHERE t.sequence_id = p.sequence_id AND t.key = \(key) \
                UNION ALL SELECT t.value FROM annotations n CROSS JOIN annotation_tags t \
                WHERE n.picture_id = p.id AND t.annotation_id = n.id AND t.key = \(key)
                """
            return found(key).map { "\(said) UNION ALL \($0)" } ?? said
        }
    }

    /// Of a key under which findings of models appear; nil for another key.
    private func found(_ key: String) -> SQLStatement? {
        let object = Annotation.Finding.key
        if key == object { return "SELECT d.class FROM detections d WHERE d.picture_id = p.id" }
        if let name = Self.qualified(key, "detection_model[\(object)=") {
            return "SELECT d.model FROM detections d WHERE d.picture_id = p.id AND d.class = \(name)"
        }
        if let name = Self.qualified(key, "detection_confidence[\(object)=") {
            // Three decimals, as `Annotation.Finding` writes them: as texts they have the order of their numbers.
            return """
                SELECT CASE WHEN d.score >= 0.9995 THEN '1.000' ELSE \
                '0.' || substr('' || (1000 + CAST(ROUND(d.score * 1000) AS INTEGER)), 2) END \
                FROM detections d WHERE d.picture_id = p.id AND d.class = \(name)
                """
        }
        return nil
    }

    private static func qualified(_ key: String, _ start: String) -> String? {
        guard key.hasPrefix(start), key.hasSuffix("]") else { return nil }
        return String(key.dropFirst(start.count).dropLast())
    }
}
