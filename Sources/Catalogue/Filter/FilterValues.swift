import Domain

/// Turns the operands of conditions into SQL, and knows what kind of value each is.
struct FilterValues {
    enum Kind {
        case text, number, time, truth

        /// What it is, for a message.
        var phrase: String {
            switch self {
            case .text: "a text"
            case .number: "a number"
            case .time: "a time"
            case .truth: "a truth value"
            }
        }
    }

    struct Value {
        let kind: Kind
        let sql: SQLStatement
        /// Where it ends, for times; else the value itself.
        var end: SQLStatement
        /// Something written, not something that is looked up.
        var isLiteral = false
    }

    private let vocabulary: Vocabulary
    /// See `FilterCompiler.tagKey`.
    private let tagKey: String?

    init(_ vocabulary: Vocabulary, tagKey: String? = nil) {
        self.vocabulary = vocabulary
        self.tagKey = tagKey
    }

    func value(_ expression: FilterExpression) throws -> Value {
        switch expression {
        case .property(let name): return try property(name)
        case .text(let text): return Self.literal(.text, "\(text)")
        case .number(let number): return Self.literal(.number, "\(number)")
        case .truth(let value): return Self.literal(.truth, "\(value)")
        case .moment(let moment):
            return Value(kind: .time, sql: "\(moment.from)", end: "\(moment.to)", isLiteral: true)
        case .interval(let from, let to): return try interval(from, to)
        case .operation(let operation, let operands): return try computed(operation, operands)
        case .geometry, .box, .list:
            throw FilterCompiler.refused("\(FilterCompiler.name(expression)) cannot stand here")
        }
    }

    /// The value as `kind`; a text that is compared with a time or a number is read as one.
    func value(_ expression: FilterExpression, as kind: Kind) throws -> Value {
        if kind == .number, case .text(let text) = expression, let number = Double(text), number.isFinite {
            return try value(.number(number))
        }
        if kind == .time, case .text(let text) = expression {
            guard let moment = FilterMoment(text) else {
                throw FilterCompiler.refused("the text '\(text.prefix(40))' is no time such as 2026-05-31T12:00:00Z")
            }
            return try value(.moment(moment))
        }
        let value = try value(expression)
        guard value.kind == kind else {
            throw FilterCompiler.refused(
                "\(FilterCompiler.name(expression)) is \(value.kind.phrase) where \(kind.phrase) is wanted")
        }
        return value
    }

    private static func literal(_ kind: Kind, _ sql: SQLStatement) -> Value {
        Value(kind: kind, sql: sql, end: sql, isLiteral: true)
    }

    private func property(_ name: String) throws -> Value {
        if vocabulary.tagKey(name) != nil {
            guard tagKey != nil else { throw FilterCompiler.refused("'\(name.prefix(80))' cannot be used in this way") }
            return Value(kind: .text, sql: "m.value", end: "m.value")
        }
        let queryable = try vocabulary.find(name)
        let kind: Kind
        switch queryable.kind {
        case .text: kind = .text
        case .number, .whole: kind = .number
        case .moment: kind = .time
        case .truth: kind = .truth
        case .place, .texts, .meaning:
            throw FilterCompiler.refused("'\(queryable.name)' cannot be used in this way")
        }
        return Value(kind: kind, sql: queryable.value, end: queryable.end ?? queryable.value)
    }

    /// Whether a property is not known; of several values, whether there is none.
    func isNull(_ name: String) throws -> SQLStatement {
        let queryable = try vocabulary.find(name)
        switch queryable.kind {
        case .texts, .meaning: return "(NOT EXISTS (\(queryable.value)))"
        default: return "(\(queryable.value) IS NULL)"
        }
    }

    private func interval(_ from: FilterExpression?, _ to: FilterExpression?) throws -> Value {
        let start = try from.map { try value($0, as: .time).sql } ?? "\(Int64.min)"
        let end = try to.map { try value($0, as: .time).end } ?? "\(Int64.max)"
        return Value(kind: .time, sql: start, end: end, isLiteral: true)
    }

    private func computed(_ operation: FilterOperator, _ operands: [FilterExpression]) throws -> Value {
        try FilterCompiler.check(operation, operands)
        let sql: SQLStatement
        switch operation {
        case .foldCase, .foldAccents:
            let text = try value(operands[0], as: .text).sql
            sql = operation == .foldCase ? "fold_case(\(text))" : "fold_accents(\(text))"
            return Value(kind: .text, sql: sql, end: sql)
        case .add, .subtract, .multiply, .divide, .power, .remainder, .wholeQuotient:
            sql = try arithmetic(operation, operands.map { try value($0, as: .number).sql })
            return Value(kind: .number, sql: sql, end: sql)
        default: throw FilterCompiler.refused("'\(operation.rawValue)' is a condition where a value is wanted")
        }
    }

    /// In floating point throughout: what has no result, such as a division by zero, is unknown.
    private func arithmetic(_ operation: FilterOperator, _ numbers: [SQLStatement]) throws -> SQLStatement {
        let (left, right) = (numbers[0], numbers[1])
        return switch operation {
        case .add: "(\(left) + \(right))"
        case .subtract: "(\(left) - \(right))"
        case .multiply: "(\(left) * \(right))"
        case .divide: "(1.0 * \(left) / \(right))"
        case .power: "power(\(left), \(right))"
        case .remainder: "mod(\(left), \(right))"
        default: "trunc(1.0 * \(left) / \(right))"
        }
    }
}
