extension Vocabulary {
    /// What is asked of sequences `s` with their figures `f`: the properties of their collections.
    package static let sequences = Vocabulary(
        [
            Queryable("id", .text, "Identifier", "s.id"),
            Queryable("title", .text, "Title", "s.title"),
            Queryable(
                "datetime", .moment, "From its first picture to its last", "f.captured_from", end: "f.captured_to"),
            Queryable("created", .moment, "When it was made", "s.created_at"),
            Queryable("updated", .moment, "When it was last changed", "s.updated_at"),
            Queryable("geovisio:visibility", .text, "Who may see it", "s.visibility"),
            Queryable("geovisio:length_km", .number, "Length, kilometres", "(f.length / 1000)"),
            Queryable("geovisio:upload_set", .text, "Identifier of its upload set", "s.upload_set_id"),
            Queryable(
                "geovisio:producer", .text, "Whose it is",
                "(SELECT q.name FROM accounts q WHERE q.id = s.account_id)"),
            Queryable(
                "wayside:camera_label", .text, "Name of the camera label",
                "(SELECT q.name FROM camera_labels q WHERE q.id = s.label_id)"),
            Queryable("wayside:pictures", .whole, "How many pictures it has", "f.pictures"),
            Queryable("wayside:tags", .texts, "Tags, each as KEY=VALUE", MeaningSource.sequence.pairs),
            Queryable("semantics", .meaning, "Tags; by key as semantics.KEY", MeaningSource.sequence.pairs),
        ], meaning: .sequence, aliases: ["visibility": "geovisio:visibility"])
}
