import Domain

/// How the texts of a property lie to a list, both taken as sets (OGC 21-065r2 §9).
struct ListCondition {
    private let vocabulary: Vocabulary

    init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    func condition(
        _ operation: FilterOperator, _ left: FilterExpression, _ right: FilterExpression
    ) throws -> SQLStatement {
        if let rows = try rows(left) {
            return try condition(operation, rows, texts(right, operation))
        }
        guard let rows = try rows(right) else { throw wrong(operation) }
        let turned: FilterOperator =
            switch operation {
            case .arrayContains: .arrayContainedBy
            case .arrayContainedBy: .arrayContains
            default: operation
            }
        return try condition(turned, rows, texts(left, operation))
    }

    private func condition(_ operation: FilterOperator, _ rows: SQLStatement, _ texts: [String]) -> SQLStatement {
        let list = SQLStatement.list(texts.map { .text($0) })
        let contains = texts.map { text -> SQLStatement in
            "EXISTS (SELECT 1 FROM (\(rows)) m WHERE m.value = \(text))"
        }
        let containsAll: SQLStatement = contains.isEmpty ? "1 = 1" : .condition(contains, by: " AND ")
        let isContained: SQLStatement =
            texts.isEmpty
            ? "NOT EXISTS (\(rows))" : "NOT EXISTS (SELECT 1 FROM (\(rows)) m WHERE m.value NOT IN \(list))"
        return switch operation {
        case .arrayContains: "(\(containsAll))"
        case .arrayContainedBy: "(\(isContained))"
        case .arrayOverlaps: "(EXISTS (SELECT 1 FROM (\(rows)) m WHERE m.value IN \(list)))"
        default: "(\(containsAll) AND \(isContained))"
        }
    }

    /// The statement that gives a property's texts; nil for something else.
    private func rows(_ expression: FilterExpression) throws -> SQLStatement? {
        guard case .property(let name) = expression else { return nil }
        if let key = vocabulary.tagKey(name) { return vocabulary.values(of: key) }
        let queryable = try vocabulary.find(name)
        return queryable.kind == .texts ? queryable.value : nil
    }

    private func texts(_ expression: FilterExpression, _ operation: FilterOperator) throws -> [String] {
        guard case .list(let elements) = expression else { throw wrong(operation) }
        return try elements.map { element in
            guard case .text(let text) = element else { throw wrong(operation) }
            return text
        }
    }

    private func wrong(_ operation: FilterOperator) -> Failure {
        FilterCompiler.refused("'\(operation.rawValue)' compares a property of several texts with a list of texts")
    }
}
