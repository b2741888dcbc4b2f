extension Way {
    /// The number in `way/123`, `w123` or `123`, as tools write it; nil for a node, a relation and anything else.
    package static func number(in text: String) -> Int64? {
        let digits = text.hasPrefix("way/") ? text.dropFirst(4) : text.hasPrefix("w") ? text.dropFirst(1) : text[...]
        return Int64(digits).flatMap { $0 > 0 ? $0 : nil }
    }

    /// Properties of a line that may hold its way's number, the surest first.
    package static let numberNames = ["@id", "osm_id", "osm_way_id", "full_id", "id"]
}
