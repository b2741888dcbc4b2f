/// An element of an XML document, names resolved to their name spaces.
struct XMLElement: Sendable {
    /// A name-space address and a local name; the prefix the document used is kept for writing.
    struct Name: Hashable, Sendable {
        let space: String
        let local: String
        let prefix: String

        static func == (left: Name, right: Name) -> Bool { left.space == right.space && left.local == right.local }

        func hash(into hasher: inout Hasher) {
            hasher.combine(space)
            hasher.combine(local)
        }
    }

    struct Attribute: Sendable {
        let name: Name
        let value: String
    }

    var name: Name
    var attributes: [Attribute]
    var children: [XMLElement] = []
    /// The text directly in it, children left out.
    var text = ""

    func attribute(_ space: String, _ local: String) -> String? {
        attributes.first { $0.name.space == space && $0.name.local == local }?.value
    }
}
