import Catalogue
import Domain
import Foundation

/// Where a page of a search begins, and in which order and direction it goes: what a cursor seals.
struct SearchCursor: Decodable {
    /// Whether the page ends before the row instead of beginning after it.
    let isBackwards: Bool
    /// `+NAME` or `-NAME`.
    let order: [String]
    /// The row's values, each after a letter for its kind.
    let values: [String]
    let id: String

    private enum CodingKeys: String, CodingKey {
        case isBackwards = "b"
        case order = "o"
        case values = "v"
        case id = "i"
    }

    private static let kind = "search"

    init(_ position: PictureQuery.Position, of query: PictureQuery, isBackwards: Bool) {
        self.isBackwards = isBackwards
        order = query.order.map { "\($0.isDescending ? "-" : "+")\($0.property)" }
        values = position.values.map { value in
            switch value {
            case .null, .blob: "n"
            case .integer(let number): "i\(number)"
            case .real(let number): "r\(number)"
            case .text(let text): "t\(text)"
            }
        }
        id = position.id.string
    }

    func sealed(_ cursor: Cursor) -> String { cursor.seal(JSON.object(members).text, kind: Self.kind) }

    private var members: JSONObject {
        let pairs: [(CodingKeys, JSON)] = [
            (.isBackwards, .bool(isBackwards)), (.order, .array(order.map(JSON.string))),
            (.values, .array(values.map(JSON.string))), (.id, .string(id)),
        ]
        return JSONObject(members: pairs.map { .init(name: $0.rawValue, value: $1) })
    }

    /// Throws `.invalid` for a page that this server has not given out.
    static func open(_ page: String, _ cursor: Cursor) throws -> SearchCursor {
        let text = try cursor.open(page, kind: kind)
        guard let opened = try? JSONDecoder().decode(SearchCursor.self, from: Data(text.utf8)) else {
            throw Failure(.invalid, "'page' is not one that this server gave out.")
        }
        return opened
    }

    /// Puts the query where the page begins, in the order that it was begun in. Throws `.invalid` when `query` asks for
    /// another order.
    func apply(to query: inout PictureQuery, isOrderChosen: Bool) throws {
        let own = order.map { PictureQuery.Order(String($0.dropFirst()), isDescending: $0.hasPrefix("-")) }
        guard !isOrderChosen || query.order == own else {
            throw Failure(.invalid, "'page' belongs to a search with another 'sortby'.")
        }
        query.order = own
        query.isBackwards = isBackwards
        query.after = PictureQuery.Position(values: values.map(Self.value), id: PictureID(stored: id))
    }

    private static func value(_ text: String) -> SQLValue {
        let rest = String(text.dropFirst())
        switch text.first {
        case "i": return Int64(rest).map(SQLValue.integer) ?? .null
        case "r": return Double(rest).map(SQLValue.real) ?? .null
        case "t": return .text(rest)
        default: return .null
        }
    }
}
