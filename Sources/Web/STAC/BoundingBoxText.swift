import Domain

/// `bbox`: 4 numbers, or 6 with heights that are not looked at; west may be greater than east (RFC 7946 §5.2).
enum BoundingBoxText {
    static func box(_ text: String) throws -> BoundingBox {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Double(String($0).trimmed) }
        guard numbers.count == parts.count else { throw malformed }
        return try box(numbers)
    }

    static func box(_ numbers: [Double]) throws -> BoundingBox {
        guard numbers.allSatisfy(\.isFinite) else { throw malformed }
        let flat: [Double]
        switch numbers.count {
        case 4: flat = numbers
        case 6: flat = [numbers[0], numbers[1], numbers[3], numbers[4]]
        default: throw malformed
        }
        guard (-180...180).contains(flat[0]), (-180...180).contains(flat[2]), (-90...90).contains(flat[1]),
            (-90...90).contains(flat[3])
        else { throw Failure(.invalid, "'bbox' holds degrees: longitudes from -180 to 180, latitudes from -90 to 90.") }
        guard flat[1] <= flat[3] else { throw Failure(.invalid, "'bbox' has its south above its north.") }
        return BoundingBox(west: flat[0], south: flat[1], east: flat[2], north: flat[3])
    }

    private static let malformed = Failure(.invalid, "'bbox' is west,south,east,north: 4 numbers, or 6 with heights.")
}
