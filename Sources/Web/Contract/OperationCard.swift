/// One operation of the contract as the page shows it.
struct OperationCard: Sendable {
    struct Parameter: Sendable {
        let name: String
        let place: String
        let type: SchemaText
        let isRequired: Bool
        let text: String
        let example: String?
    }

    struct Content: Sendable {
        let media: String
        let type: SchemaText
        let example: String?
    }

    struct Answer: Sendable {
        let status: String
        let text: String
        let contents: [Content]
    }

    let anchor: String
    let method: String
    let path: String
    let summary: String
    let note: String?
    let access: String
    let hasParameters: Bool
    let parameters: [Parameter]
    let bodies: [Content]
    let answers: [Answer]

    init(_ operation: ContractOperation, contract: Contract, words: PageWords) {
        anchor = "operation-" + (operation.id ?? "")
        method = operation.method
        path = operation.path
        summary = operation.object["summary"]?.string ?? ""
        note = operation.object["description"]?.string
        access = words("docs.\(Self.access(operation))")
        parameters = operation.parameters.map { Self.parameter($0, words) }
        hasParameters = !parameters.isEmpty
        let body = operation.object["requestBody"].map(contract.resolve)
        bodies = Self.contents(body?["content"] ?? .null)
        answers = (operation.object["responses"]?.members ?? []).map { member in
            let response = contract.resolve(member.value)
            return Answer(
                status: member.name, text: response["description"]?.string ?? "",
                contents: Self.contents(response["content"] ?? .null))
        }
    }

    private static func access(_ operation: ContractOperation) -> String {
        guard let choices = operation.object["security"]?.elements else { return "signedIn" }
        if choices.isEmpty { return "open" }
        return choices.contains { $0.members.isEmpty } ? "reader" : "signedIn"
    }

    private static func parameter(_ parameter: JSON, _ words: PageWords) -> Parameter {
        Parameter(
            name: parameter["name"]?.string ?? "", place: words("docs.in_\(parameter["in"]?.string ?? "query")"),
            type: SchemaText(parameter["schema"] ?? .null), isRequired: parameter["required"] == .bool(true),
            text: parameter["description"]?.string ?? "", example: parameter["example"].map { $0.string ?? $0.text })
    }

    private static func contents(_ content: JSON) -> [Content] {
        content.members.map {
            Content(
                media: $0.name, type: SchemaText($0.value["schema"] ?? .null),
                example: $0.value["example"].map { $0.string ?? $0.text })
        }
    }
}
