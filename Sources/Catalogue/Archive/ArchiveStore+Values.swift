import Domain

extension ArchiveStore {
    /// Looks at the values in a catalogue that somebody else may have made, where the tables' own rules say nothing of
    /// them: what is read later is there, and no number is one that it cannot be.
    ///
    /// - Throws: `.unprocessable`.
    package func check() async throws {
        try await engine.read { connection in
            for (table, condition) in Self.faults {
                let isFaulty = try connection.exists("SELECT 1 FROM \(raw: table) WHERE \(condition) LIMIT 1")
                guard !isFaulty else {
                    throw Failure(
                        .unprocessable, "The archive's catalogue holds values that cannot be.",
                        details: ["table": "\(table)"])
                }
            }
        }
    }

    /// What holds for no row that Wayside wrote. A value that is absent fulfils none of the comparisons.
    private static let faults: [(StaticString, SQLStatement)] = [
        (
            "pictures",
            """
            (captured_at IS NULL AND status IN ('preparing', 'prepared'))
            OR (captured_at IS NOT NULL AND (morton IS NULL OR longitude IS NULL OR latitude IS NULL
                OR utc_offset IS NULL OR type IS NULL OR orientation IS NULL OR width IS NULL OR height IS NULL
                OR exif IS NULL OR warnings IS NULL))
            OR (sequence_id IS NOT NULL AND rank IS NULL)
            """
        ),
        (
            "pictures",
            """
            longitude NOT BETWEEN -180 AND 180 OR latitude NOT BETWEEN -90 AND 90 OR morton NOT BETWEEN 0 AND \(1 << 62)
            OR utc_offset NOT BETWEEN -1440 AND 1440 OR heading NOT BETWEEN 0 AND 360
            OR tag_heading NOT BETWEEN 0 AND 360 OR type NOT IN ('flat', 'equirectangular')
            OR orientation NOT BETWEEN 1 AND 8 OR width NOT BETWEEN 1 AND 65535 OR height NOT BETWEEN 1 AND 65535
            OR \(isNo(figure: "altitude")) OR \(isNo(figure: "horizontal_accuracy")) OR \(isNo(figure: "pitch"))
            OR \(isNo(figure: "roll")) OR \(isNo(figure: "field_of_view")) OR \(isNo(figure: "focal_length"))
            OR \(isNo(figure: "sensor_width"))
            """
        ),
        (
            "pictures",
            """
            \(isNo(moment: "captured_at")) OR \(isNo(moment: "gps_time")) OR \(isNo(moment: "camera_time"))
            OR \(isNo(moment: "created_at")) OR \(isNo(moment: "updated_at"))
            OR \(isNo(count: "rank")) OR \(isNo(count: "revision")) OR \(isNo(size: "original_size"))
            """
        ),
        ("sequences", "\(isNo(count: "part")) OR \(isNo(moment: "created_at")) OR \(isNo(moment: "updated_at"))"),
        (
            "sequence_figures",
            """
            west NOT BETWEEN -180 AND 180 OR east NOT BETWEEN -180 AND 180 OR south NOT BETWEEN -90 AND 90
            OR north NOT BETWEEN -90 AND 90 OR \(isNo(figure: "length")) OR \(isNo(count: "pictures"))
            OR \(isNo(moment: "captured_from")) OR \(isNo(moment: "captured_to"))
            """
        ),
        ("upload_sets", "\(isNo(count: "files")) OR \(isNo(count: "estimated_files"))"),
        ("upload_files", "\(isNo(size: "size")) OR \(isNo(moment: "received_at"))"),
        ("originals", "\(isNo(size: "size"))"),
        ("raw_files", "\(isNo(size: "size"))"), ("raw_originals", "\(isNo(size: "size"))"),
        ("jobs", "\(isNo(count: "attempts"))"),
        (
            "transfers",
            "\(isNo(count: "attempts")) OR \(isNo(count: "pictures")) OR \(isNo(count: "fetched"))"
        ),
    ]

    private static func isNo(moment column: StaticString) -> SQLStatement {
        "\(raw: column) NOT BETWEEN -62135769600000000 AND 253402300799999999"
    }

    private static func isNo(count column: StaticString) -> SQLStatement {
        "\(raw: column) NOT BETWEEN 0 AND 1000000000"
    }

    /// Bytes: a tebibyte is no picture.
    private static func isNo(size column: StaticString) -> SQLStatement {
        "\(raw: column) NOT BETWEEN 0 AND 1099511627776"
    }

    /// Any other number of a tag: EXIF's own are of 32 bits.
    private static func isNo(figure column: StaticString) -> SQLStatement {
        "\(raw: column) NOT BETWEEN -1e10 AND 1e10"
    }
}
