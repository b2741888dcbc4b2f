import Catalogue
import Domain

/// Reads CQL2 text (OGC 21-065r2, Annex B) by recursive descent: OR, AND, NOT, comparison, sum, product, power, operand.
///
/// A text property or keyword is told by what follows it, and keywords are known in any case.
struct FilterParser {
    private let tokens: [FilterToken]
    private var index = 0
    private var level = 0

    /// Throws `.invalid` with what is wrong and where.
    static func expression(_ text: String) throws -> FilterExpression {
        var parser = FilterParser(tokens: try FilterLexer.tokens(text))
        let expression = try parser.alternatives()
        guard parser.current.kind == .end else { throw parser.unexpected("the end") }
        try expression.checkSize()
        return expression
    }

    private init(tokens: [FilterToken]) { self.tokens = tokens }

    static func refused(_ what: String, at place: Int) -> Failure {
        Failure(
            .invalid, "The filter cannot be read: at character \(place), \(what).",
            details: ["parameter": "filter", "position": "\(place)"])
    }

    private static let tooDeep = Failure(.invalid, "The filter has more than \(FilterExpression.mostLevels) levels.")

    // MARK: Tokens

    var current: FilterToken { tokens[index] }

    func unexpected(_ wanted: String) -> Failure {
        Self.refused("\(wanted) is wanted, not \(current.shown)", at: current.place)
    }

    mutating func take() -> FilterToken {
        let token = current
        if index < tokens.count - 1 { index += 1 }
        return token
    }

    func isSymbol(_ symbol: String) -> Bool { current.kind == .symbol(symbol) }

    func isKeyword(_ keyword: String, ahead: Int = 0) -> Bool {
        guard index + ahead < tokens.count, case .word(let word) = tokens[index + ahead].kind else { return false }
        return word.lowercased() == keyword
    }

    var isFollowedByParenthesis: Bool { index + 1 < tokens.count && tokens[index + 1].kind == .symbol("(") }

    mutating func skipSymbol(_ symbol: String) -> Bool {
        guard isSymbol(symbol) else { return false }
        index += 1
        return true
    }

    mutating func skipKeyword(_ keyword: String) -> Bool {
        guard isKeyword(keyword) else { return false }
        index += 1
        return true
    }

    mutating func expect(_ symbol: String) throws {
        guard skipSymbol(symbol) else { throw unexpected("'\(symbol)'") }
    }

    /// Runs `body` one level deeper; what is nested without end is refused before the stack is.
    mutating func deeper<Value>(_ body: (inout FilterParser) throws -> Value) throws -> Value {
        level += 1
        defer { level -= 1 }
        guard level <= FilterExpression.mostLevels else { throw Self.tooDeep }
        return try body(&self)
    }

    // MARK: Conditions

    mutating func alternatives() throws -> FilterExpression {
        var parts = [try conjunction()]
        while skipKeyword("or") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .operation(.or, parts)
    }

    private mutating func conjunction() throws -> FilterExpression {
        var parts = [try negation()]
        while skipKeyword("and") { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : .operation(.and, parts)
    }

    private mutating func negation() throws -> FilterExpression {
        guard skipKeyword("not") else { return try comparison() }
        return .operation(.not, [try deeper { try $0.negation() }])
    }

    private static let comparisons: [String: FilterOperator] = [
        "=": .equal, "<>": .notEqual, "<": .less, ">": .greater, "<=": .atMost, ">=": .atLeast,
    ]

    private mutating func comparison() throws -> FilterExpression {
        let left = try sum()
        if case .symbol(let symbol) = current.kind, let operation = Self.comparisons[symbol] {
            _ = take()
            return .operation(operation, [left, try sum()])
        }
        if skipKeyword("is") {
            let isNot = skipKeyword("not")
            guard skipKeyword("null") else { throw unexpected("NULL") }
            return Self.negated(isNot, .operation(.isNull, [left]))
        }
        let isNot = isKeyword("not") && ["like", "between", "in"].contains { isKeyword($0, ahead: 1) }
        if isNot { _ = take() }
        if skipKeyword("like") { return Self.negated(isNot, .operation(.like, [left, try sum()])) }
        if skipKeyword("between") {
            let low = try sum()
            guard skipKeyword("and") else { throw unexpected("AND") }
            return Self.negated(isNot, .operation(.between, [left, low, try sum()]))
        }
        if skipKeyword("in") {
            try expect("(")
            return Self.negated(isNot, .operation(.isIn, [left, .list(try elements())]))
        }
        return left
    }

    private static func negated(_ isNot: Bool, _ expression: FilterExpression) -> FilterExpression {
        isNot ? .operation(.not, [expression]) : expression
    }

    // MARK: Values

    mutating func sum() throws -> FilterExpression {
        try chain({ try $0.product() }) { parser in
            if parser.skipSymbol("+") { return .add }
            return parser.skipSymbol("-") ? .subtract : nil
        }
    }

    private mutating func product() throws -> FilterExpression {
        try chain({ try $0.power() }) { parser in
            if parser.skipSymbol("*") { return .multiply }
            if parser.skipSymbol("/") { return .divide }
            if parser.skipSymbol("%") { return .remainder }
            return parser.skipKeyword("div") ? .wholeQuotient : nil
        }
    }

    private mutating func power() throws -> FilterExpression {
        try chain({ try $0.signed() }) { $0.skipSymbol("^") ? .power : nil }
    }

    /// Operations of one rank, from left to right. Each lies inside the next, so they are counted here: the size of what is
    /// read is only looked at when it is whole, and a tree of thousands of levels cannot even be thrown away.
    private mutating func chain(
        _ operand: (inout FilterParser) throws -> FilterExpression,
        by operation: (inout FilterParser) -> FilterOperator?
    ) throws -> FilterExpression {
        var result = try operand(&self)
        var levels = 1
        while let next = operation(&self) {
            levels += 1
            guard levels <= FilterExpression.mostLevels else { throw Self.tooDeep }
            result = .operation(next, [result, try operand(&self)])
        }
        return result
    }

    private mutating func signed() throws -> FilterExpression {
        guard skipSymbol("-") else { return try operand() }
        if case .number(let number) = current.kind {
            _ = take()
            return .number(-number)
        }
        return .operation(.multiply, [.number(-1), try deeper { try $0.signed() }])
    }
}
