import Domain

/// A CQL2 expression (OGC 21-065r2) as it was written: what it names is looked up when it becomes SQL.
package indirect enum FilterExpression: Hashable, Sendable {
    case property(String)
    case text(String)
    case number(Double)
    case truth(Bool)
    case moment(FilterMoment)
    /// Both ends count; nil is open. An end is a moment or a property.
    case interval(FilterExpression?, FilterExpression?)
    case geometry(GeoFigure)
    /// West, south, east, north; or with heights between, which are not looked at.
    case box([Double])
    case list([FilterExpression])
    case operation(FilterOperator, [FilterExpression])

    /// The expression and everything in it.
    package static let mostParts = 2000
    /// Bytes of one text; SQLite refuses patterns of more than 50,000.
    package static let longestText = 10_000
    /// How deep expressions may lie in one another.
    package static let mostLevels = 40

    /// Throws `.invalid` for an expression that is larger or deeper than any that somebody means.
    package func checkSize() throws {
        var parts = 0
        try count(&parts, level: 1)
    }

    private func count(_ parts: inout Int, level: Int) throws {
        parts += 1
        guard parts <= Self.mostParts else {
            throw Failure(.invalid, "The filter has more than \(Self.mostParts) parts.")
        }
        guard level <= Self.mostLevels else {
            throw Failure(.invalid, "The filter has more than \(Self.mostLevels) levels.")
        }
        switch self {
        case .list(let inner), .operation(_, let inner):
            for part in inner { try part.count(&parts, level: level + 1) }
        case .interval(let from, let to):
            try from?.count(&parts, level: level + 1)
            try to?.count(&parts, level: level + 1)
        case .text(let text) where text.utf8.count > Self.longestText:
            throw Failure(.invalid, "A text in a filter has at most \(Self.longestText) bytes.")
        case .property, .text, .number, .truth, .moment, .geometry, .box: break
        }
    }

    /// All of `parts`; nil for none.
    package static func all(_ parts: [FilterExpression]) -> FilterExpression? {
        parts.count > 1 ? .operation(.and, parts) : parts.first
    }
}
