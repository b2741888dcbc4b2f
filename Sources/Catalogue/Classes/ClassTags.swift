import Domain

/// The tags of a scheme's classes, as conditions on other tables.
struct ClassTags {
    let scheme: ClassScheme

    /// Whether the tag of `table` (which has `key` and `value`) is one of the scheme's classes.
    func isClass(_ table: StaticString) -> SQLStatement {
        """
        \(raw: table).key = \(scheme.key) \
        AND \(raw: table).value IN \(SQLStatement.list(scheme.classes.map { .text($0.value) }))
        """
    }

    /// Whether the picture `p` is done: it has a class or a box of the scheme, or was looked through for boxes.
    var isDone: SQLStatement {
        switch scheme.subject {
        case .picture:
            "EXISTS (SELECT 1 FROM picture_tags t WHERE t.picture_id = p.id AND \(isClass("t")))"
        case .box:
            """
            (EXISTS (SELECT 1 FROM picture_tags t \
            WHERE t.picture_id = p.id AND t.key = \(scheme.mark.key) AND t.value = \(scheme.mark.value)) \
            OR EXISTS (SELECT 1 FROM annotations n CROSS JOIN annotation_tags t \
            WHERE n.picture_id = p.id AND t.annotation_id = n.id AND \(isClass("t"))))
            """
        }
    }

    /// Whether the picture `p` is done in one of the schemes that are for it.
    static func isDone(in schemes: [ClassScheme]) -> SQLStatement {
        let each = schemes.map { scheme -> SQLStatement in
            let tags = ClassTags(scheme: scheme)
            return "(\(tags.isFor("p")) AND \(tags.isDone))"
        }
        return each.isEmpty ? "1 = 0" : SQLStatement.condition(each, by: " OR ")
    }

    /// Whether the scheme is for `table`, which has a `label_id`.
    func isFor(_ table: StaticString) -> SQLStatement {
        guard scheme.labels != nil else { return "1 = 1" }
        return """
            \(raw: table).label_id IN \
            (SELECT c.label_id FROM class_scheme_labels c WHERE c.scheme_id = \(scheme.id))
            """
    }
}
