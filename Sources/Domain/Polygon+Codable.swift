/// Written as a list of points, `[[x, y], …]`.
extension Polygon: Codable {
    /// Reads what this program wrote; what comes from outside goes through `init(_:)`. Throws `DecodingError`.
    package init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        var points: [Point] = []
        while !list.isAtEnd {
            var pair = try list.nestedUnkeyedContainer()
            points.append(Point(x: try pair.decode(Double.self), y: try pair.decode(Double.self)))
            guard pair.isAtEnd else {
                throw DecodingError.dataCorruptedError(in: pair, debugDescription: "a point has two numbers")
            }
        }
        // Clipping adds points to what was drawn with the most.
        guard (3...1_000).contains(points.count) else {
            throw DecodingError.dataCorruptedError(in: list, debugDescription: "an outline has at least 3 points")
        }
        self.init(trusted: points)
    }

    package func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        for point in points {
            var pair = list.nestedUnkeyedContainer()
            try pair.encode(point.x)
            try pair.encode(point.y)
        }
    }
}
