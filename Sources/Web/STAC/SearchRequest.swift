import Catalogue
import Domain
import Foundation

/// What an item search asks for, from a query or a JSON body (STAC API item search).
struct SearchRequest {
    static let largestPage = 1000
    static let parameters: Set<String> = ["bbox", "datetime", "ids", "collections", "limit", "intersects", "page"]

    private(set) var query = PictureQuery()
    private(set) var area: SearchArea?
    /// Pictures on a page.
    private(set) var limit = 10
    private(set) var page: String?
    /// The parameters again, for the link to the next page.
    private(set) var echo = JSONObject()

    init(_ parameters: Query) throws {
        try setBox(parameters["bbox"].map { try BoundingBoxText.box($0) })
        try setTime(parameters["datetime"])
        setNames(ids: parameters.list("ids"), collections: parameters.list("collections"))
        if let text = parameters["limit"] {
            guard let value = Int(text) else { throw Failure(.invalid, "'limit' is a whole number from 1.") }
            try setLimit(value)
        }
        if let text = parameters["intersects"] {
            guard let value = JSON(parsing: text) else { throw Failure(.invalid, "'intersects' is not valid JSON.") }
            try setArea(value)
        }
        page = parameters["page"]
        for name in Self.parameters.sorted() where name != "page" {
            if let value = parameters[name] { echo[name] = .string(value) }
        }
    }

    init(body: JSON) throws {
        guard case .object(let object) = body else { throw Failure(.invalid, "The body is not a JSON object.") }
        for member in object.members where member.value != .null {
            guard Self.parameters.contains(member.name) else {
                throw Failure(.invalid, "The field '\(member.name.prefix(80))' is not known here.")
            }
            if member.name != "page" { echo[member.name] = member.value }
        }
        try setBox(try object["bbox"].flatMap(Self.numbers).map { try BoundingBoxText.box($0) })
        try setTime(try object["datetime"].flatMap { try Self.string($0, "datetime") })
        setNames(
            ids: try object["ids"].flatMap { try Self.strings($0, "ids") },
            collections: try object["collections"].flatMap { try Self.strings($0, "collections") })
        if let value = object["limit"], value != .null {
            guard case .int(let limit) = value else { throw Failure(.invalid, "'limit' is a whole number from 1.") }
            try setLimit(Int(limit))
        }
        // Earlier clients send the geometry as a string.
        if let value = object["intersects"], value != .null {
            if case .string(let text) = value { try setArea(JSON(parsing: text) ?? .null) } else { try setArea(value) }
        }
        page = try object["page"].flatMap { try Self.string($0, "page") }
    }

    /// Looks in one sequence only; in none, where others were asked for.
    mutating func restrict(to sequence: SequenceID) {
        query.sequences = query.sequences?.contains(sequence) == false ? [] : [sequence]
    }

    private mutating func setBox(_ box: BoundingBox?) throws { query.box = box }

    private mutating func setTime(_ text: String?) throws {
        guard let text, !text.isEmpty else { return }
        (query.from, query.to) = try RFC3339.interval(text)
    }

    /// A name that is not a UUID is the name of nothing.
    private mutating func setNames(ids: [String]?, collections: [String]?) {
        query.ids = ids.map { $0.compactMap { PictureID($0) } }
        query.sequences = collections.map { $0.compactMap { SequenceID($0) } }
    }

    private mutating func setLimit(_ value: Int) throws {
        guard value >= 1 else { throw Failure(.invalid, "'limit' is a whole number from 1.") }
        limit = min(value, Self.largestPage)
    }

    private mutating func setArea(_ geometry: JSON) throws {
        guard query.box == nil else { throw Failure(.invalid, "Give 'bbox' or 'intersects', not both.") }
        let area = try SearchArea(geometry)
        self.area = area
        query.box = area.box
    }

    private static func numbers(_ value: JSON) throws -> [Double]? {
        if value == .null { return nil }
        guard case .array(let values) = value else { throw Failure(.invalid, "'bbox' is an array of numbers.") }
        return try values.map { value in
            switch value {
            case .int(let number): Double(number)
            case .double(let number): number
            default: throw Failure(.invalid, "'bbox' is an array of numbers.")
            }
        }
    }

    private static func string(_ value: JSON, _ name: String) throws -> String? {
        if value == .null { return nil }
        guard case .string(let text) = value else { throw Failure(.invalid, "'\(name)' is a string.") }
        return text
    }

    private static func strings(_ value: JSON, _ name: String) throws -> [String]? {
        if value == .null { return nil }
        guard case .array(let values) = value else { throw Failure(.invalid, "'\(name)' is an array of strings.") }
        return try values.compactMap { try string($0, name) }
    }
}
