extension Vocabulary {
    /// What is asked of upload sets `u`.
    static let uploadSets = Vocabulary(
        [
            Queryable("completed", .truth, "Whether all of its files are there", "(u.completed_at IS NOT NULL)"),
            Queryable("dispatched", .truth, "Whether it was cut into sequences", "(u.dispatched_at IS NOT NULL)"),
            Queryable("title", .text, "Title", "u.title"),
            Queryable("created", .moment, "When it was begun", "u.created_at"),
        ], meaning: nil)
}
