/// The two ways to write a CQL2 filter.
package enum FilterNotation {
    /// A filter given as text, as JSON. Throws `.invalid` with what is wrong and where.
    package static func json(ofText text: String) throws -> JSON { try FilterJSON.json(FilterParser.expression(text)) }
}
