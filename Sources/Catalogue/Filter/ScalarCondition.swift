import Domain

/// Comparisons of texts, numbers, times and truth values (OGC 21-065r2 §6.5, §7).
struct ScalarCondition {
    private let values: FilterValues

    init(_ values: FilterValues) { self.values = values }

    func condition(_ operation: FilterOperator, _ operands: [FilterExpression]) throws -> SQLStatement {
        switch operation {
        case .isNull: return try isNull(operands[0])
        case .like:
            let (text, pattern) = try (values.value(operands[0], as: .text), values.value(operands[1], as: .text))
            return "(\(text.sql) LIKE \(pattern.sql) ESCAPE '\\')"
        case .between:
            let kind = try kind(of: operands)
            let all = try operands.map { try values.value($0, as: kind) }
            return "(\(all[0].sql) >= \(all[1].sql) AND \(all[0].end) <= \(all[2].end))"
        case .isIn: return try isIn(operands[0], operands[1])
        default:
            let kind = try kind(of: operands)
            return Self.compare(
                operation, try values.value(operands[0], as: kind), try values.value(operands[1], as: kind))
        }
    }

    /// What all of them are; a text beside a time or a number is one.
    private func kind(of operands: [FilterExpression]) throws -> FilterValues.Kind {
        let kinds = try operands.map { try values.value($0).kind }
        if kinds.contains(.time) { return .time }
        return kinds.contains(.number) ? .number : kinds[0]
    }

    /// A day is all of its moments: what equals it lies in it, what is before it ends before it begins.
    private static func compare(
        _ operation: FilterOperator, _ left: FilterValues.Value, _ right: FilterValues.Value
    ) -> SQLStatement {
        guard left.kind == .time else { return "(\(left.sql) \(symbol(operation)) \(right.sql))" }
        switch operation {
        case .less: return "(\(left.end) < \(right.sql))"
        case .greater: return "(\(left.sql) > \(right.end))"
        case .atMost: return "(\(left.end) <= \(right.end))"
        case .atLeast: return "(\(left.sql) >= \(right.sql))"
        default:
            let (inner, outer) = left.isLiteral ? (right, left) : (left, right)
            let equal: SQLStatement = "(\(inner.sql) >= \(outer.sql) AND \(inner.end) <= \(outer.end))"
            return operation == .equal ? equal : "(NOT \(equal))"
        }
    }

    private static func symbol(_ operation: FilterOperator) -> SQLStatement {
        switch operation {
        case .equal: "="
        case .notEqual: "<>"
        case .less: "<"
        case .greater: ">"
        case .atMost: "<="
        default: ">="
        }
    }

    private func isIn(_ operand: FilterExpression, _ list: FilterExpression) throws -> SQLStatement {
        guard case .list(let elements) = list, !elements.isEmpty else {
            throw FilterCompiler.refused("'in' wants a list of values, and not an empty one")
        }
        let value = try values.value(operand)
        let choices = try elements.map { try values.value($0, as: value.kind) }
        guard value.kind == .time else {
            return "(\(value.sql) IN (\(SQLStatement.joined(choices.map(\.sql), by: ", "))))"
        }
        return .condition(choices.map { Self.compare(.equal, value, $0) }, by: " OR ")
    }

    private func isNull(_ operand: FilterExpression) throws -> SQLStatement {
        guard case .property(let name) = operand else {
            throw FilterCompiler.refused("'isNull' asks for a property, not for \(FilterCompiler.name(operand))")
        }
        return try values.isNull(name)
    }
}
