import Catalogue
import Domain

/// Literals, properties, functions, times and what stands in parentheses.
extension FilterParser {
    mutating func operand() throws -> FilterExpression {
        let token = current
        switch token.kind {
        case .text(let text):
            _ = take()
            return .text(text)
        case .number(let number):
            _ = take()
            return .number(number)
        case .quoted(let name):
            _ = take()
            return .property(name)
        case .symbol("("):
            _ = take()
            return try deeper { try $0.parenthesised() }
        case .word(let word): return try deeper { try $0.named(word) }
        case .symbol, .end: throw unexpected("a value")
        }
    }

    /// An expression, or a list of them, after the opening parenthesis.
    private mutating func parenthesised() throws -> FilterExpression {
        if skipSymbol(")") { return .list([]) }
        let first = try alternatives()
        if skipSymbol(")") { return first }
        guard isSymbol(",") else { throw unexpected("')'") }
        _ = take()
        return .list([first] + (try elements()))
    }

    /// What is left of a list, up to its closing parenthesis.
    mutating func elements() throws -> [FilterExpression] {
        var elements = [try alternatives()]
        while skipSymbol(",") { elements.append(try alternatives()) }
        try expect(")")
        return elements
    }

    private mutating func named(_ word: String) throws -> FilterExpression {
        let place = current.place
        let isCall = isFollowedByParenthesis
        let name = word.lowercased()
        if Self.geometries[name] != nil, isCall || isKeyword("z", ahead: 1) {
            _ = take()
            return try geometry(name)
        }
        if !isCall || ["and", "or", "not", "like", "in", "between", "is"].contains(name) {
            guard !Self.keywords.contains(name) else { throw unexpected("a value") }
            _ = take()
            return switch name {
            case "true": .truth(true)
            case "false": .truth(false)
            default: .property(word)
            }
        }
        _ = take()
        switch name {
        case "date", "timestamp": return try moment(name)
        case "interval": return try interval()
        case "bbox": return try box()
        default: break
        }
        guard let operation = FilterOperator.function(word) else {
            throw Self.refused("the function '\(word.prefix(40))' is not known", at: place)
        }
        try expect("(")
        var operands = try elements()
        if operation.rawValue.hasPrefix("a_") {
            // A list of one cannot be told from a value in parentheses.
            operands = operands.map { if case .text = $0 { .list([$0]) } else { $0 } }
        }
        return .operation(operation, operands)
    }

    private static let keywords: Set<String> = [
        "and", "or", "not", "like", "between", "in", "is", "null", "div",
    ]

    private mutating func moment(_ name: String) throws -> FilterExpression {
        try expect("(")
        let token = take()
        guard case .text(let text) = token.kind,
            let moment = name == "date" ? FilterMoment(day: text) : FilterMoment(timestamp: text)
        else {
            let example = name == "date" ? "'2026-05-31'" : "'2026-05-31T12:00:00Z'"
            throw Self.refused("\(name.uppercased()) wants a time such as \(example)", at: token.place)
        }
        try expect(")")
        return .moment(moment)
    }

    private mutating func interval() throws -> FilterExpression {
        try expect("(")
        let from = try end()
        try expect(",")
        let to = try end()
        try expect(")")
        return .interval(from, to)
    }

    private mutating func end() throws -> FilterExpression? {
        let token = current
        if case .text(let text) = token.kind {
            _ = take()
            if text == ".." { return nil }
            guard let moment = FilterMoment(text) else {
                throw Self.refused("'\(text.prefix(40))' is neither a time nor '..'", at: token.place)
            }
            return .moment(moment)
        }
        return try operand()
    }

    private mutating func box() throws -> FilterExpression {
        let place = current.place
        try expect("(")
        let numbers = try elements().map { element -> Double in
            guard case .number(let number) = element else {
                throw Self.refused("BBOX has 4 numbers, or 6 with heights", at: place)
            }
            return number
        }
        _ = try BoundingBoxText.box(numbers)
        return .box(numbers)
    }
}
