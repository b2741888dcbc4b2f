/// The contract as a page: operations by subject, then the schemas that they speak of.
struct ContractPageContent: Sendable {
    struct Section: Sendable {
        let name: String
        let anchor: String
        let text: String
        let operations: [OperationCard]
    }

    struct SchemaCard: Sendable {
        let name: String
        let text: String
        let hasMembers: Bool
        let members: [Member]
    }

    struct Member: Sendable {
        let name: String
        let type: SchemaText
        let isRequired: Bool
        let text: String
    }

    let version: String
    let text: String
    let sections: [Section]
    let schemas: [SchemaCard]

    init(contract: Contract, words: PageWords) {
        let info = contract.document["info"] ?? .null
        version = info["version"]?.string ?? ""
        text = info["description"]?.string ?? ""
        sections = (contract.document["tags"]?.elements ?? []).map { tag in
            let name = tag["name"]?.string ?? ""
            let operations = contract.operations.filter { $0.object["tags"]?.elements?.first == .string(name) }
            return Section(
                name: name, anchor: "subject-" + name.lowercased().replacing(" ", with: "-"),
                text: tag["description"]?.string ?? "",
                operations: operations.map { OperationCard($0, contract: contract, words: words) })
        }
        schemas = (contract.document["components"]?["schemas"]?.members ?? []).map {
            Self.card($0.name, $0.value, contract)
        }
    }

    private static func card(_ name: String, _ schema: JSON, _ contract: Contract) -> SchemaCard {
        let parts = (schema["allOf"]?.elements ?? [schema]).map(contract.resolve)
        let members = parts.flatMap { part in
            let required = part["required"]?.elements ?? []
            return (part["properties"]?.members ?? []).map { member in
                Member(
                    name: member.name, type: SchemaText(member.value),
                    isRequired: required.contains(.string(member.name)),
                    text: member.value["description"]?.string ?? "")
            }
        }
        let text = [schema["description"]?.string, members.isEmpty ? SchemaText(schema).text : nil]
        return SchemaCard(
            name: name, text: text.compactMap(\.self).joined(separator: " "), hasMembers: !members.isEmpty,
            members: members)
    }
}
