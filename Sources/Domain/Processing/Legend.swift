/// A line of text on pictures: where and when they were taken.
package struct Legend: Hashable, Sendable, Codable {
    package enum Field: String, Hashable, Sendable, Codable, CaseIterable {
        /// The camera label's name.
        case label
        /// Local time at the place of capture.
        case time
        /// The place as degrees.
        case place
    }

    /// In this order; none twice.
    package var fields: [Field]
    /// In front of the fields; may be empty.
    package var text: String
    package var corner: Corner
    package var files: [ProcessedFile]

    package static let longestText = 100

    package init(
        fields: [Field] = Field.allCases, text: String = "", corner: Corner = .bottomLeft,
        files: [ProcessedFile] = [.rendition, .hotlink]
    ) {
        self.fields = fields
        self.text = text
        self.corner = corner
        self.files = files
    }

    func validate() throws {
        guard Set(fields).count == fields.count, !fields.isEmpty || !text.isEmpty, text.count <= Self.longestText,
            !text.unicodeScalars.contains(where: { $0.value < 32 })
        else {
            throw Failure(
                .unprocessable, "A legend has a text of up to 100 characters, or label, time and place, each once.",
                details: ["reason": "legend"])
        }
        try Self.validate(files)
    }

    static func validate(_ files: [ProcessedFile]) throws {
        guard !files.isEmpty, Set(files).count == files.count else {
            throw Failure(
                .unprocessable, "Say on which files it is drawn: hd, sd, thumb, rendition, hotlink, each once.",
                details: ["reason": "files"])
        }
    }

    /// What is drawn on a picture of this label.
    package func line(label: String, tags: PictureTags) -> String {
        let parts = fields.map { field in
            switch field {
            case .label: label
            case .time: Self.time(tags)
            case .place: Self.place(tags.position)
            }
        }
        return ([text] + parts).filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// `2026-11-21 14:05:09`, as a clock at the place showed.
    private static func time(_ tags: PictureTags) -> String {
        let text = RFC3339.string(tags.capturedAt, offset: tags.utcOffsetMinutes)
        return String(text.prefix(19)).replacing("T", with: " ")
    }

    /// `48.85000° N, 2.35000° E`.
    private static func place(_ point: GeoPoint) -> String {
        let degrees = { (value: Double) in
            let parts = Int((abs(value) * 100_000).rounded())
            let fraction = String(parts % 100_000)
            return "\(parts / 100_000).\(String(repeating: "0", count: 5 - fraction.count))\(fraction)°"
        }
        return "\(degrees(point.latitude)) \(point.latitude < 0 ? "S" : "N"), "
            + "\(degrees(point.longitude)) \(point.longitude < 0 ? "W" : "E")"
    }
}
