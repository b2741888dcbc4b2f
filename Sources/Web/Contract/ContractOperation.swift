/// A method of a path, as the contract has it.
package struct ContractOperation: Sendable {
    package let method: String
    /// With captures in braces.
    package let path: String
    let object: JSONObject
    /// Those of the path first; references resolved.
    let parameters: [JSON]

    /// `GET /api/pictures/{picture}`.
    package var name: String { "\(method) \(path)" }

    /// Unique in the document.
    package var id: String? { object["operationId"]?.string }

    /// Every status that it can answer.
    package var statuses: Set<Int> { Set(object["responses"]?.members.compactMap { Int($0.name) } ?? []) }

    /// Names of the path's captures that are described.
    package var captures: [String] {
        parameters.filter { $0["in"] == .string("path") }.compactMap { $0["name"]?.string }
    }
}
