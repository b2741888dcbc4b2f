/// The members of a JSON object, in order.
package struct JSONObject: Sendable, Hashable {
    package struct Member: Sendable, Hashable {
        package let name: String
        package let value: JSON
    }

    package private(set) var members: [Member]

    package init(members: [Member] = []) { self.members = members }

    /// Adds a member of a name that is not there yet, without looking for it.
    mutating func append(_ member: Member) { members.append(member) }

    /// Adds a member; nil adds nothing. Setting a name twice replaces its value.
    package subscript(name: String) -> JSON? {
        get { members.first { $0.name == name }?.value }
        set {
            let index = members.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?): members[index] = Member(name: name, value: value)
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSON)...) {
        members = elements.map { Member(name: $0.0, value: $0.1) }
    }
}
