import Catalogue
import Domain

/// `filter`, `filter-lang` and `filter-crs` (OGC API Features 3 §7, STAC API filter extension).
struct FilterRequest {
    /// Text, or an object of JSON; either may come as a string.
    let filter: JSON?
    /// Nil: text where it is a string, else JSON.
    let language: String?
    let crs: String?

    /// Longitude and latitude in WGS 84, as everything here is.
    private static let systems: Set<String> = [
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "https://www.opengis.net/def/crs/OGC/1.3/CRS84",
    ]

    /// Nil when nothing is filtered. Throws `.invalid` with what cannot be done.
    func expression() throws -> FilterExpression? {
        if let crs, !Self.systems.contains(crs) {
            throw Failure(.invalid, "'filter-crs' can only be http://www.opengis.net/def/crs/OGC/1.3/CRS84.")
        }
        guard language.map({ ["cql2-text", "cql2-json"].contains($0) }) ?? true else {
            throw Failure(.invalid, "'filter-lang' is cql2-text or cql2-json.")
        }
        guard let filter else { return nil }
        switch (filter, language) {
        case (.string(let text), nil), (.string(let text), "cql2-text"):
            return text.trimmed.isEmpty ? nil : try FilterParser.expression(text)
        case (.string(let text), _):
            guard let value = JSON(parsing: text) else { throw Failure(.invalid, "'filter' is not valid JSON.") }
            return try FilterJSON.expression(value)
        case (_, nil), (_, "cql2-json"): return try FilterJSON.expression(filter)
        default: throw Failure(.invalid, "'filter' is a string where 'filter-lang' is cql2-text.")
        }
    }
}
