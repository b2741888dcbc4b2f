import Domain

/// Pictures found by a tag that a filter asks for: what is rarely said is found without looking at every picture.
struct TaggedPictures {
    private let key: String
    /// Nil: any value.
    private let values: [String]?

    /// The first tag that everything which fulfils the filter has; nil when there is none that an index helps with.
    init?(_ filter: FilterExpression, _ vocabulary: Vocabulary) {
        guard case .operation(let operation, let operands) = filter else { return nil }
        switch operation {
        case .and:
            guard let found = operands.lazy.compactMap({ TaggedPictures($0, vocabulary) }).first else { return nil }
            self = found
        case .equal, .isIn:
            guard operands.count == 2, let key = Self.key(operands[0], vocabulary),
                let values = Self.texts(operands[1])
            else { return nil }
            self.init(key: key, values: values)
        case .not:
            guard case .operation(.isNull, let inner)? = operands.first, let asked = inner.first,
                let key = Self.key(asked, vocabulary)
            else { return nil }
            self.init(key: key, values: nil)
        default: return nil
        }
    }

    private init(key: String, values: [String]?) {
        self.key = key
        self.values = values
    }

    /// Qualifiers of findings are in no index.
    private static func key(_ expression: FilterExpression, _ vocabulary: Vocabulary) -> String? {
        guard case .property(let name) = expression, let key = vocabulary.tagKey(name) else { return nil }
        return key.hasPrefix("detection_") ? nil : key
    }

    private static func texts(_ expression: FilterExpression) -> [String]? {
        switch expression {
        case .text(let text): return [text]
        case .list(let elements):
            let texts = elements.compactMap { element -> String? in
                guard case .text(let text) = element else { return nil }
                return text
            }
            return texts.count == elements.count ? texts : nil
        default: return nil
        }
    }

    /// Their ids, in a column `id`, each once; some may be of pictures that are not listed.
    var select: SQLStatement {
        let said: SQLStatement = "t.key = \(key)\(matching("t.value"))"
        let all: SQLStatement = """
            SELECT t.picture_id AS id FROM picture_tags t WHERE \(said) \
            UNION SELECT n.picture_id FROM annotation_tags t CROSS JOIN annotations n \
            WHERE \(said) AND n.id = t.annotation_id \
            UNION SELECT q.id FROM sequence_tags t CROSS JOIN pictures q \
            WHERE \(said) AND q.sequence_id = t.sequence_id AND q.listed = 1
            """
        guard key == Annotation.Finding.key else { return all }
        return "\(all) UNION SELECT d.picture_id FROM detections d WHERE 1 = 1\(matching("d.class"))"
    }

    private func matching(_ column: SQLStatement) -> SQLStatement {
        guard let values else { return "" }
        return " AND \(column) IN \(SQLStatement.list(values.map { .text($0) }))"
    }
}
