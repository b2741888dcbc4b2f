import Domain

/// The members of a search's body by the kinds they have; null counts as absent.
struct SearchBody {
    private let object: JSONObject

    init(_ object: JSONObject) { self.object = object }

    subscript(name: String) -> JSON? {
        guard let value = object[name], value != .null else { return nil }
        return value
    }

    /// - Parameter isOne: a number stands by itself instead of in an array.
    func numbers(_ name: String, isOne: Bool = false) throws -> [Double]? {
        guard let value = self[name] else { return nil }
        guard case .array(let values) = isOne ? .array([value]) : value else {
            throw Failure(.invalid, "'\(name)' is an array of numbers.")
        }
        return try values.map { value in
            switch value {
            case .int(let number): Double(number)
            case .double(let number): number
            default: throw Failure(.invalid, "'\(name)' is \(isOne ? "a number" : "an array of numbers").")
            }
        }
    }

    func string(_ name: String) throws -> String? {
        guard let value = self[name] else { return nil }
        guard case .string(let text) = value else { throw Failure(.invalid, "'\(name)' is a string.") }
        return text
    }

    /// A string by itself is a list as in a query.
    func strings(_ name: String) throws -> [String]? {
        guard let value = self[name] else { return nil }
        if case .string(let text) = value { return text.split(separator: ",").map(\.trimmed) }
        guard case .array(let values) = value else { throw Failure(.invalid, "'\(name)' is an array of strings.") }
        return try values.map { value in
            guard case .string(let text) = value else { throw Failure(.invalid, "'\(name)' is an array of strings.") }
            return text
        }
    }
}
