/// What takes the members of a JSON object, in order: a value (`JSONObject`), or text at once (`JSONWriter`).
protocol JSONMembers {
    /// Adds a member of a name that is not there yet; nil adds nothing.
    mutating func add(_ name: String, _ value: JSON?)
    /// Adds an object with the members that `fill` adds to it.
    mutating func add(_ name: String, _ fill: (inout Self) -> Void)
    /// Adds an array of objects, each with the members that `fill` adds for one of `elements`.
    mutating func add<Element>(_ name: String, each elements: [Element], _ fill: (Element, inout Self) -> Void)
}

extension JSONObject: JSONMembers {
    mutating func add(_ name: String, _ value: JSON?) {
        if let value { append(Member(name: name, value: value)) }
    }

    mutating func add(_ name: String, _ fill: (inout JSONObject) -> Void) {
        add(name, .object(Self.filled(fill)))
    }

    mutating func add<Element>(_ name: String, each elements: [Element], _ fill: (Element, inout JSONObject) -> Void) {
        add(name, .array(elements.map { element in .object(Self.filled { fill(element, &$0) }) }))
    }

    private static func filled(_ fill: (inout JSONObject) -> Void) -> JSONObject {
        var object = JSONObject()
        fill(&object)
        return object
    }
}
