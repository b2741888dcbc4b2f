import Domain

/// How much may be said of one thing. Pages of pictures carry all of it, so that one account could else make them heavy for
/// everybody, tag after tag.
enum SemanticVolume {
    /// Characters of keys, values and outlines, a picture with what is marked on it. What models found is not counted.
    static let most = 100_000

    /// Throws `.unprocessable` when there is too much, inside the transaction that added to it.
    static func check(_ subject: SemanticSubject, _ connection: any SQLConnection) throws {
        guard try connection.number(volume(of: subject)) <= most else {
            throw Failure(
                .unprocessable, "All tags and marked regions of one thing have at most \(most) characters together.",
                details: ["reason": "semantics_full"])
        }
    }

    private static func volume(of subject: SemanticSubject) -> SQLStatement {
        switch subject {
        case .uploadSet(let id): tags("upload_set_tags", "upload_set_id = \(id)")
        case .sequence(let id): tags("sequence_tags", "sequence_id = \(id)")
        case .picture(let id): picture("= \(id)")
        case .annotation(let id): picture("= (SELECT picture_id FROM annotations WHERE id = \(id))")
        }
    }

    private static func tags(_ table: StaticString, _ condition: SQLStatement) -> SQLStatement {
        "SELECT COALESCE(SUM(LENGTH(key) + LENGTH(value)), 0) FROM \(raw: table) WHERE \(condition)"
    }

    private static func picture(_ which: SQLStatement) -> SQLStatement {
        let marked: SQLStatement = "SELECT id FROM annotations WHERE picture_id \(which)"
        return """
            SELECT (\(tags("picture_tags", "picture_id \(which)"))) + (\(tags("annotation_tags", "annotation_id IN (\(marked))")))
                + (SELECT COALESCE(SUM(LENGTH(a.shape)), 0) FROM annotations a WHERE a.picture_id \(which)
                    AND EXISTS (SELECT 1 FROM annotation_tags t WHERE t.annotation_id = a.id))
            """
    }
}
