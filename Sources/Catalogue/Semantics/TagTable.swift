import Domain
import Foundation

/// The tags of one kind of thing, inside somebody else's transaction.
struct TagTable {
    let table: StaticString
    /// The column that says whose tags they are.
    let owner: StaticString
    private let id: SQLValue

    init(_ subject: SemanticSubject) {
        switch subject {
        case .uploadSet(let id): (table, owner, self.id) = ("upload_set_tags", "upload_set_id", .id(id))
        case .sequence(let id): (table, owner, self.id) = ("sequence_tags", "sequence_id", .id(id))
        case .picture(let id): (table, owner, self.id) = ("picture_tags", "picture_id", .id(id))
        case .annotation(let id): (table, owner, self.id) = ("annotation_tags", "annotation_id", .id(id))
        }
    }

    func tags(_ connection: any SQLConnection) throws -> [SemanticTag] {
        try connection.rows(
            "SELECT key, value FROM \(raw: table) WHERE \(raw: owner) = \(id) ORDER BY key, value"
        ) { SemanticTag(key: $0.text(), value: $0.text()) }
    }

    /// Throws `.invalid` when the pair is there already.
    func add(_ tag: SemanticTag, _ connection: any SQLConnection) throws {
        guard try insert(tag, connection) else { throw Self.duplicate(tag) }
    }

    /// False when the pair is there already.
    func insert(_ tag: SemanticTag, _ connection: any SQLConnection) throws -> Bool {
        try connection.execute(
            """
            INSERT INTO \(raw: table) (\(raw: owner), key, value) VALUES (\(id), \(tag.key), \(tag.value))
            ON CONFLICT DO NOTHING
            """) == 1
    }

    /// False when there was no such pair.
    func delete(_ tag: SemanticTag, _ connection: any SQLConnection) throws -> Bool {
        try connection.execute(
            "DELETE FROM \(raw: table) WHERE \(raw: owner) = \(id) AND key = \(tag.key) AND value = \(tag.value)") == 1
    }

    static func duplicate(_ tag: SemanticTag) -> Failure {
        Failure(.invalid, "This tag is there already.", details: ["key": tag.key, "value": tag.value])
    }

    /// Throws `.invalid`: what is taken away must be there, so that a mistyped value is noticed.
    static func missing(_ tag: SemanticTag) -> Failure {
        Failure(.invalid, "There is no such tag to delete.", details: ["key": tag.key, "value": tag.value])
    }

    /// The tags of many things of one kind at once.
    static func tags<Of>(
        _ table: StaticString, _ owner: StaticString, of ids: [Identifier<Of>], _ connection: any SQLConnection
    ) throws -> [Identifier<Of>: [SemanticTag]] {
        var tags: [Identifier<Of>: [SemanticTag]] = [:]
        for part in ids.parts(of: 500) {
            try connection.each(
                """
                SELECT \(raw: owner), key, value FROM \(raw: table)
                WHERE \(raw: owner) IN \(SQLStatement.list(part.map { .id($0) }))
                ORDER BY \(raw: owner), key, value
                """
            ) { row in
                let id = row.id(Identifier<Of>.self)
                tags[id, default: []].append(SemanticTag(key: row.text(), value: row.text()))
            }
        }
        return tags
    }
}
