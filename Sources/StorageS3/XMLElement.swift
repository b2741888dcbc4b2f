/// An element of an answer's XML: what S3 sends needs no attributes, namespaces or entities of its own.
struct XMLElement: Sendable, Equatable {
    let name: String
    var children: [XMLElement] = []
    /// Of this element alone; without white space around it where it has children.
    var text = ""

    /// The text of the first child of that name.
    func text(_ name: String) -> String? { first(name)?.text }

    func first(_ name: String) -> XMLElement? { children.first { $0.name == name } }

    func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }
}
