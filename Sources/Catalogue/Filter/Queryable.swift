/// Something that a filter or an order can name.
package struct Queryable: Sendable {
    package enum Kind: Sendable {
        case text, number, whole, moment, truth, place
        /// Several texts.
        case texts
        /// Everything that people and models said: known or not, and by keys of its own.
        case meaning
    }

    package let name: String
    package let kind: Kind
    /// What it is, for people.
    package let title: String
    /// Its value as SQL; of `texts` a statement that gives them in a column `value`.
    let value: SQLStatement
    /// Where it ends, for what lasts.
    let end: SQLStatement?

    init(_ name: String, _ kind: Kind, _ title: String, _ value: SQLStatement, end: SQLStatement? = nil) {
        self.name = name
        self.kind = kind
        self.title = title
        self.value = value
        self.end = end
    }
}
