import Domain

/// What is read of another server's collection (STAC, and Panoramax's fields).
struct RemoteCollection: Decodable {
    let title: String?
    let semantics: [RemoteTag]?
}

/// One page of its items.
struct RemotePage: Decodable {
    let features: [RemoteItem]
    let links: [RemoteLink]?

    var next: String? { links?.first { $0.rel == "next" }?.href }
}

struct RemoteLink: Decodable {
    let rel: String
    let href: String
}

struct RemoteItem: Decodable {
    struct Asset: Decodable { let href: String }
    struct Properties: Decodable {
        let name: String?
        let semantics: [RemoteTag]?

        enum CodingKeys: String, CodingKey {
            case semantics
            case name = "original_file:name"
        }
    }

    let id: String
    let assets: [String: Asset]
    let properties: Properties

    /// A name for the file here.
    var fileName: String {
        guard let name = properties.name, !name.isEmpty else { return "\(id).jpg" }
        return name
    }
}

struct RemoteTag: Decodable {
    let key: String
    let value: String
}

extension [RemoteTag] {
    /// Those that this server takes, once each.
    var changes: [SemanticChange] {
        var known: Set<SemanticTag> = []
        return compactMap { try? SemanticTag(checking: $0.key, $0.value) }
            .filter { known.insert($0).inserted }.map { SemanticChange(.add, $0) }
    }
}
