/// A piece of CQL2 text, and where it begins, in characters from 1.
struct FilterToken: Hashable {
    enum Kind: Hashable {
        /// A word: keyword, function or property.
        case word(String)
        /// A property in double quotes.
        case quoted(String)
        case text(String)
        case number(Double)
        case symbol(String)
        case end
    }

    let kind: Kind
    let place: Int

    /// As it is shown in a message.
    var shown: String {
        switch kind {
        case .word(let word): "'\(word.prefix(40))'"
        case .quoted(let name): "\"\(name.prefix(40))\""
        case .text(let text): "the text '\(text.prefix(40))'"
        case .number(let number): "the number \(number)"
        case .symbol(let symbol): "'\(symbol)'"
        case .end: "the end"
        }
    }
}
