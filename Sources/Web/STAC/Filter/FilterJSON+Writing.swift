import Catalogue

extension FilterJSON {
    /// An expression as CQL2 JSON.
    static func json(_ expression: FilterExpression) throws -> JSON {
        switch expression {
        case .property(let name): return ["property": .string(name)]
        case .text(let text): return .string(text)
        case .number(let number): return .double(number)
        case .truth(let value): return .bool(value)
        case .moment(let moment):
            let name = moment.isDay ? "date" : "timestamp"
            return [name: .string(moment.text)]
        case .interval(let from, let to): return ["interval": [try end(from), try end(to)]]
        case .geometry(let figure): return try FilterGeometry.json(figure)
        case .box(let numbers): return ["bbox": .array(numbers.map(JSON.double))]
        case .list(let elements): return .array(try elements.map(json))
        case .operation(let operation, let operands):
            return ["op": .string(operation.rawValue), "args": .array(try operands.map(json))]
        }
    }

    private static func end(_ expression: FilterExpression?) throws -> JSON {
        switch expression {
        case nil: ".."
        case .moment(let moment): .string(moment.text)
        case .some(let other): try json(other)
        }
    }
}
