extension Vocabulary {
    /// What is asked of pictures `p`: the properties of their items.
    package static let pictures = Vocabulary(
        [
            Queryable("id", .text, "Identifier", "p.id"),
            Queryable("collection", .text, "Identifier of the sequence", "p.sequence_id"),
            Queryable("geometry", .place, "Where it was taken", "p.longitude"),
            Queryable("datetime", .moment, "When it was taken", "p.captured_at"),
            Queryable("created", .moment, "When it arrived", "p.created_at"),
            Queryable("updated", .moment, "When it was last changed", "p.updated_at"),
            Queryable("view:azimuth", .number, "Direction of view, degrees from north", "p.heading"),
            Queryable(
                "geovisio:producer", .text, "Whose it is",
                "(SELECT a.name FROM accounts a WHERE a.id = p.account_id)"),
            Queryable("geovisio:rank_in_collection", .whole, "Place in the sequence, from 1", "p.rank"),
            Queryable(
                "geovisio:visibility", .text, "Who may see it",
                "CASE p.audience WHEN 2 THEN 'anyone' WHEN 1 THEN 'logged-only' ELSE 'owner-only' END"),
            Queryable("original_file:name", .text, "Name of the file that was sent", "p.original_name"),
            Queryable("original_file:size", .whole, "Its size, bytes", "p.original_size"),
            Queryable("pers:interior_orientation.camera_manufacturer", .text, "Maker of the camera", "p.make"),
            Queryable("pers:interior_orientation.camera_model", .text, "Model of the camera", "p.model"),
            Queryable("pers:interior_orientation.focal_length", .number, "Focal length, mm", "p.focal_length"),
            Queryable("pers:interior_orientation.field_of_view", .number, "Field of view, degrees", "p.field_of_view"),
            Queryable("quality:horizontal_accuracy", .number, "Accuracy of the place, metres", "p.horizontal_accuracy"),
            Queryable("wayside:type", .text, "flat or equirectangular", "p.type"),
            Queryable(
                "wayside:camera_label", .text, "Name of the camera label",
                "(SELECT l.name FROM camera_labels l WHERE l.id = p.label_id)"),
            Queryable("wayside:altitude", .number, "Height, metres", "p.altitude"),
            Queryable("wayside:pitch", .number, "Degrees, up positive", "p.pitch"),
            Queryable("wayside:roll", .number, "Degrees, clockwise positive", "p.roll"),
            Queryable("wayside:gps_time", .moment, "Time by satellite", "p.gps_time"),
            Queryable("wayside:camera_time", .moment, "Time by the camera's clock", "p.camera_time"),
            Queryable(
                "wayside:heading_computed", .truth, "Whether the direction was found out from movement",
                "p.heading_computed"),
            Queryable(
                "wayside:objects", .texts, "Classes of what models found",
                "SELECT d.class AS value FROM detections d WHERE d.picture_id = p.id"),
            Queryable("wayside:tags", .texts, "Tags, each as KEY=VALUE", MeaningSource.picture.pairs),
            // Filters that are written for satellites name these with others; of street pictures they are not known.
            Queryable("eo:cloud_cover", .number, "Clouds, percent: never known here", "CAST(NULL AS REAL)"),
            Queryable("mission", .text, "Mission: never known here", "CAST(NULL AS TEXT)"),
            Queryable("semantics", .meaning, "Tags; by key as semantics.KEY", MeaningSource.picture.pairs),
        ], meaning: .picture, aliases: ["ts": "datetime"])
}
