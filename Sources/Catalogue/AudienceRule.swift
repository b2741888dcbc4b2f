import Domain

/// Who a picture is for, from what was said of it alone, of its sequence and of its upload set.
///
/// An owner-only sequence (or upload set, before there are sequences) hides all its pictures; otherwise what was said
/// of the picture alone counts before what was said of the whole.
enum AudienceRule {
    static func audience(own: Visibility?, whole: Visibility) -> Int {
        whole == .ownerOnly ? 0 : Sight.audience(own ?? whole)
    }

    /// Sets the audience of the pictures that `condition` (on `pictures`) holds for.
    static func apply(where condition: SQLStatement, _ connection: any SQLConnection) throws {
        try connection.execute(
            "UPDATE pictures SET audience = \(rule) WHERE \(condition) AND erased_at IS NULL AND audience <> \(rule)")
    }

    private static let rule: SQLStatement = """
        CASE WHEN \(whole) = 'owner-only' THEN 0 \
        ELSE CASE COALESCE(own_visibility, \(whole)) WHEN 'anyone' THEN 2 WHEN 'logged-only' THEN 1 ELSE 0 END END
        """

    private static let whole: SQLStatement = """
        COALESCE((SELECT s.visibility FROM sequences s WHERE s.id = pictures.sequence_id), \
        (SELECT u.visibility FROM upload_sets u WHERE u.id = pictures.upload_set_id))
        """
}
