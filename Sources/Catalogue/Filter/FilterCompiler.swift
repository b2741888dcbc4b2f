import Domain

/// Turns a filter into a condition of SQL with bound values, in parentheses: 1, 0, or NULL where what it depends on is
/// not known (OGC 21-065r2 §6.2: three-valued logic).
///
/// - Throws: `.invalid` with the part that cannot be done.
struct FilterCompiler {
    let vocabulary: Vocabulary
    /// Inside a condition on the values of a tag: its key, whose values are called `m.value`.
    var tagKey: String?

    init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    func condition(_ expression: FilterExpression) throws -> SQLStatement {
        switch expression {
        case .truth(let value): return value ? "(1 = 1)" : "(1 = 0)"
        case .property(let name):
            let queryable = try vocabulary.find(name)
            guard queryable.kind == .truth else { throw Self.refused("'\(name)' is not true or false by itself") }
            return "(\(queryable.value) = 1)"
        case .operation(let operation, let operands):
            try Self.check(operation, operands)
            return try condition(operation, operands)
        default: throw Self.refused("\(Self.name(expression)) is no condition")
        }
    }

    private func condition(_ operation: FilterOperator, _ operands: [FilterExpression]) throws -> SQLStatement {
        switch operation {
        case .and: return try .condition(operands.map(condition), by: " AND ")
        case .or: return try .condition(operands.map(condition), by: " OR ")
        case .not: return try "(NOT \(condition(operands[0])))"
        case .placeIntersects, .placeEquals, .placeDisjoint, .placeTouches, .placeWithin, .placeContains,
            .placeOverlaps, .placeCrosses:
            return try PlaceCondition(vocabulary).condition(operation, operands[0], operands[1])
        case .timeAfter, .timeBefore, .timeContains, .timeDisjoint, .timeDuring, .timeEquals, .timeFinishedBy,
            .timeFinishes, .timeIntersects, .timeMeets, .timeMetBy, .timeOverlappedBy, .timeOverlaps,
            .timeStartedBy, .timeStarts:
            return try TimeCondition(values).condition(operation, operands[0], operands[1])
        case .arrayEquals, .arrayContains, .arrayContainedBy, .arrayOverlaps:
            return try ListCondition(vocabulary).condition(operation, operands[0], operands[1])
        case .equal, .notEqual, .less, .greater, .atMost, .atLeast, .like, .between, .isIn, .isNull:
            return try predicate(operation, operands)
        case .foldCase, .foldAccents, .add, .subtract, .multiply, .divide, .power, .remainder, .wholeQuotient:
            throw Self.refused("'\(operation.rawValue)' is no condition")
        }
    }

    private var values: FilterValues { FilterValues(vocabulary, tagKey: tagKey) }

    /// A condition on tags holds when one of the values of the key fulfils it, and is unknown where there is no such key.
    private func predicate(_ operation: FilterOperator, _ operands: [FilterExpression]) throws -> SQLStatement {
        let keys = Set(operands.flatMap(tagKeys))
        guard let key = keys.first, tagKey == nil else {
            return try ScalarCondition(values).condition(operation, operands)
        }
        guard keys.count == 1 else { throw Self.refused("one tag cannot be compared with another") }
        let rows = vocabulary.values(of: key)
        if operation == .isNull { return "(NOT EXISTS (\(rows)))" }
        var inside = self
        inside.tagKey = key
        let holds = try inside.predicate(operation, operands)
        return """
            (CASE WHEN EXISTS (SELECT 1 FROM (\(rows)) m WHERE \(holds)) THEN 1 WHEN EXISTS (\(rows)) THEN 0 END)
            """
    }

    private func tagKeys(_ expression: FilterExpression) -> [String] {
        switch expression {
        case .property(let name): vocabulary.tagKey(name).map { [$0] } ?? []
        case .operation(_, let parts), .list(let parts): parts.flatMap(tagKeys)
        default: []
        }
    }

    static func check(_ operation: FilterOperator, _ operands: [FilterExpression]) throws {
        guard operation.operands.contains(operands.count) else {
            let count = operation.operands.lowerBound
            throw refused("'\(operation.rawValue)' has \(operands.count) operands instead of \(count)")
        }
    }

    /// What an expression is, for a message.
    static func name(_ expression: FilterExpression) -> String {
        switch expression {
        case .property(let name): "'\(name.prefix(80))'"
        case .text(let text): "the text '\(text.prefix(40))'"
        case .number(let number): "the number \(number)"
        case .truth(let value): "\(value)"
        case .moment(let moment): "the time \(moment.text)"
        case .interval: "an interval"
        case .geometry, .box: "a geometry"
        case .list: "a list"
        case .operation(let operation, _): "'\(operation.rawValue)'"
        }
    }

    static func refused(_ what: String) -> Failure {
        Failure(.invalid, "The filter cannot be used: \(what).", details: ["parameter": "filter"])
    }
}
