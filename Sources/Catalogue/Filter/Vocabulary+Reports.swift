extension Vocabulary {
    /// What is asked of reports `r`, by Panoramax' names.
    static let reports = Vocabulary(
        [
            Queryable("status", .text, "waiting, closed_solved or closed_ignored", "r.status"),
            Queryable("issue", .text, "What is wrong", "r.issue"),
            Queryable("reporter", .text, "Identifier of who made it", "r.reporter_id"),
            Queryable("owner", .text, "Identifier of whose pictures it is about", "r.account_id"),
            Queryable("picture_id", .text, "Identifier of the picture", "r.picture_id"),
            Queryable("sequence_id", .text, "Identifier of the sequence", "r.sequence_id"),
            Queryable("ts_opened", .moment, "When it was made", "r.created_at"),
            Queryable("ts_closed", .moment, "When it was closed", "r.closed_at"),
        ], meaning: nil)
}
