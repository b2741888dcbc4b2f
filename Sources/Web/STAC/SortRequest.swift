import Catalogue
import Domain

/// `sortby` (STAC API sort extension 1.0.0).
enum SortRequest {
    /// Reads `-datetime,+id`; nil for nothing.
    static func order(text: String) throws -> [PictureQuery.Order]? {
        let order = try text.split(separator: ",").map { part -> PictureQuery.Order in
            let name = part.trimmed
            let isDescending = name.hasPrefix("-")
            let bare = isDescending || name.hasPrefix("+") ? String(name.dropFirst()) : name
            guard !bare.isEmpty else { throw Failure(.invalid, "'sortby' is a list such as -datetime,id.") }
            return .init(bare, isDescending: isDescending)
        }
        return order.isEmpty ? nil : order
    }

    /// Reads `[{"field": "datetime", "direction": "desc"}]`; nil for nothing.
    static func order(json: JSON) throws -> [PictureQuery.Order]? {
        if case .string(let text) = json { return try order(text: text) }
        guard case .array(let parts) = json else { throw malformed }
        let order = try parts.map { part -> PictureQuery.Order in
            if case .string(let text) = part, let one = try self.order(text: text)?.first { return one }
            guard case .object(let object) = part, case .string(let field)? = object["field"] else { throw malformed }
            switch object["direction"] {
            case nil, .string("asc")?: return .init(field, isDescending: false)
            case .string("desc")?: return .init(field, isDescending: true)
            default: throw Failure(.invalid, "The 'direction' of 'sortby' is asc or desc.")
            }
        }
        return order.isEmpty ? nil : order
    }

    private static let malformed = Failure(
        .invalid, "'sortby' is an array such as [{\"field\": \"datetime\", \"direction\": \"desc\"}].")
}
