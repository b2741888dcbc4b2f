/// Writes JSON objects as they come, without holding them as values: pages of items are most of what is served.
struct JSONWriter: JSONMembers {
    private(set) var bytes: [UInt8] = []
    /// Whether something stands before, in the object or array that is being written.
    private var isFirst = true

    /// - Parameter capacity: bytes that there will be, more or less.
    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    /// A whole object.
    mutating func object(_ fill: (inout JSONWriter) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        isFirst = true
        fill(&self)
        bytes.append(UInt8(ascii: "}"))
        isFirst = false
    }

    mutating func add(_ name: String, _ value: JSON?) {
        guard let value else { return }
        begin(name)
        value.write(to: &bytes)
    }

    mutating func add(_ name: String, _ fill: (inout JSONWriter) -> Void) {
        begin(name)
        object(fill)
    }

    mutating func add<Element>(_ name: String, each elements: [Element], _ fill: (Element, inout JSONWriter) -> Void) {
        begin(name)
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            object { fill(element, &$0) }
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func begin(_ name: String) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        JSONString.write(name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }
}
