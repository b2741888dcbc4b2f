import Catalogue
import Domain

/// CQL2 as JSON (OGC 21-065r2, Annex C).
enum FilterJSON {
    /// Throws `.invalid` with the part that is wrong.
    static func expression(_ json: JSON) throws -> FilterExpression {
        let expression = try read(json, level: 1)
        try expression.checkSize()
        return expression
    }

    private static func read(_ json: JSON, level: Int) throws -> FilterExpression {
        guard level <= FilterExpression.mostLevels else {
            throw Failure(.invalid, "The filter has more than \(FilterExpression.mostLevels) levels.")
        }
        switch json {
        case .null, .raw: throw refused("null stands for no value; isNull asks for what is not known")
        case .bool(let value): return .truth(value)
        case .int(let number): return .number(Double(number))
        case .double(let number): return .number(number)
        case .string(let text): return .text(text)
        case .array(let elements): return .list(try elements.map { try read($0, level: level + 1) })
        case .object(let object): return try read(object, level: level)
        }
    }

    private static func read(_ object: JSONObject, level: Int) throws -> FilterExpression {
        if let op = object["op"] { return try operation(op, object["args"], level: level) }
        if let name = object["property"] { return .property(try text(name, "property")) }
        if let value = object["date"] {
            guard let moment = FilterMoment(day: try text(value, "date")) else {
                throw refused("\(value.text.prefix(60)) is no date such as 2026-05-31")
            }
            return .moment(moment)
        }
        if let value = object["timestamp"] {
            guard let moment = FilterMoment(timestamp: try text(value, "timestamp")) else {
                throw refused("\(value.text.prefix(60)) is no time such as 2026-05-31T12:00:00Z")
            }
            return .moment(moment)
        }
        if let value = object["interval"] { return try interval(value, level: level) }
        if let value = object["bbox"] { return try box(value) }
        if object["type"] != nil { return .geometry(try FilterGeometry.figure(.object(object))) }
        throw refused("an object with the members \(object.members.prefix(5).map(\.name)) is nothing of CQL2")
    }

    private static func operation(_ op: JSON, _ args: JSON?, level: Int) throws -> FilterExpression {
        let name = try text(op, "op")
        guard let operation = FilterOperator(rawValue: name) ?? FilterOperator.function(name) else {
            throw refused("the operator or function '\(name.prefix(40))' is not known")
        }
        guard case .array(let operands)? = args else { throw refused("'args' of '\(name)' is not an array") }
        let read = try operands.map { try Self.read($0, level: level + 1) }
        // Drafts of the standard had both bounds in a list.
        if operation == .between, read.count == 2, case .list(let bounds) = read[1] {
            return .operation(operation, [read[0]] + bounds)
        }
        return .operation(operation, read)
    }

    private static func interval(_ value: JSON, level: Int) throws -> FilterExpression {
        guard case .array(let ends) = value, ends.count == 2 else { throw refused("an interval has two ends") }
        let both = try ends.map { end -> FilterExpression? in
            guard case .string(let text) = end else { return try read(end, level: level + 1) }
            if text == ".." { return nil }
            guard let moment = FilterMoment(text) else {
                throw refused("'\(text.prefix(40))' is neither a time nor '..'")
            }
            return .moment(moment)
        }
        return .interval(both[0], both[1])
    }

    private static func box(_ value: JSON) throws -> FilterExpression {
        guard case .array(let values) = value else { throw refused("'bbox' is an array of numbers") }
        let numbers = try values.map { value in
            switch value {
            case .int(let number): Double(number)
            case .double(let number): number
            default: throw refused("'bbox' is an array of numbers")
            }
        }
        _ = try BoundingBoxText.box(numbers)
        return .box(numbers)
    }

    private static func text(_ value: JSON, _ name: String) throws -> String {
        guard case .string(let text) = value else { throw refused("'\(name)' is a string") }
        return text
    }

    private static func refused(_ what: String) -> Failure {
        Failure(.invalid, "The filter cannot be read: \(what).", details: ["parameter": "filter"])
    }
}
