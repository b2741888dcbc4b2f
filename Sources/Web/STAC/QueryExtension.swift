import Catalogue
import Domain

/// The STAC API query extension 1.0.0 as a filter: `{"PROPERTY": {"OPERATOR": value}}`, all of which must hold.
enum QueryExtension {
    private static let comparisons: [String: FilterOperator] = [
        "eq": .equal, "neq": .notEqual, "lt": .less, "lte": .atMost, "gt": .greater, "gte": .atLeast,
    ]
    private static let most = 100

    /// Nil when it asks for nothing. Throws `.invalid` with the part that is wrong.
    static func filter(_ json: JSON) throws -> FilterExpression? {
        guard case .object(let object) = json else { throw Failure(.invalid, "'query' is an object.") }
        var parts: [FilterExpression] = []
        for member in object.members {
            guard case .object(let conditions) = member.value, !conditions.members.isEmpty else {
                throw Failure(.invalid, "'query' says nothing of '\(member.name.prefix(80))'.")
            }
            parts += try conditions.members.map { try condition(member.name, $0.name, $0.value) }
        }
        guard parts.count <= most else { throw Failure(.invalid, "'query' has more than \(most) conditions.") }
        return FilterExpression.all(parts)
    }

    private static func condition(_ property: String, _ name: String, _ value: JSON) throws -> FilterExpression {
        let subject = FilterExpression.property(property)
        if let operation = comparisons[name] { return .operation(operation, [subject, try literal(value, name)]) }
        switch name {
        case "startsWith": return .operation(.like, [subject, .text("\(try pattern(value, name))%")])
        case "endsWith": return .operation(.like, [subject, .text("%\(try pattern(value, name))")])
        case "contains": return .operation(.like, [subject, .text("%\(try pattern(value, name))%")])
        case "in":
            guard case .array(let values) = value, !values.isEmpty, values.count <= FilterExpression.mostParts else {
                throw Failure(.invalid, "'in' of 'query' is an array of values.")
            }
            return .operation(.isIn, [subject, .list(try values.map { try literal($0, name) })])
        default: throw Failure(.invalid, "'query' has no operator '\(name.prefix(40))'.")
        }
    }

    private static func literal(_ value: JSON, _ name: String) throws -> FilterExpression {
        switch value {
        case .bool(let value): .truth(value)
        case .int(let number): .number(Double(number))
        case .double(let number): .number(number)
        case .string(let text): .text(text)
        default: throw Failure(.invalid, "'\(name)' of 'query' is a string, a number or a truth value.")
        }
    }

    /// The text with what `LIKE` takes for wildcards marked as meant.
    private static func pattern(_ value: JSON, _ name: String) throws -> String {
        guard case .string(let text) = value else { throw Failure(.invalid, "'\(name)' of 'query' is a string.") }
        return text.reduce(into: "") { result, character in
            if "\\%_".contains(character) { result.append("\\") }
            result.append(character)
        }
    }
}
