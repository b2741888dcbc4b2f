import Foundation

/// Terms of use as blocks: a line that begins with `#` is a heading, lines that begin with `-` are a list, and an empty line
/// ends a paragraph. Everything else stands as it was written: nothing in it is HTML.
struct TermsText: Sendable {
    /// One of three; the others are absent.
    struct Block: Sendable, Hashable {
        var heading: String?
        var paragraph: String?
        var list: List?
    }

    struct List: Sendable, Hashable {
        var items: [String]
    }

    let blocks: [Block]

    init(_ text: String) {
        var blocks: [Block] = []
        var isOpen = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let line = line.trimmingCharacters(in: .whitespaces)
            defer { isOpen = !line.isEmpty }
            if line.isEmpty { continue }
            if line.hasPrefix("#") {
                blocks.append(Block(heading: line.drop { $0 == "#" || $0 == " " }.description))
            } else if line.hasPrefix("- ") {
                let item = String(line.dropFirst(2))
                if isOpen, blocks.last?.list != nil {
                    blocks[blocks.count - 1].list?.items.append(item)
                } else {
                    blocks.append(Block(list: List(items: [item])))
                }
            } else if isOpen, let before = blocks.last?.paragraph {
                blocks[blocks.count - 1].paragraph = "\(before) \(line)"
            } else {
                blocks.append(Block(paragraph: line))
            }
        }
        self.blocks = blocks
    }
}
