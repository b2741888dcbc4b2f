import Catalogue
import Domain

/// Geometries as well-known text (OGC 06-103r4 §7, as CQL2 takes it over).
extension FilterParser {
    /// GeoJSON's names, by the names in small letters.
    static let geometries = Dictionary(
        uniqueKeysWithValues: [
            "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
        ].map { ($0.lowercased(), $0) })

    /// A geometry after its name.
    mutating func geometry(_ name: String) throws -> FilterExpression {
        let place = current.place
        do {
            return .geometry(try FilterGeometry.figure(try geoJSON(name)))
        } catch let failure as Failure where failure.details["part"] == "geometry" {
            throw Self.refused("a geometry is wrong (\(failure.message))", at: place)
        }
    }

    private mutating func geoJSON(_ name: String) throws -> JSON {
        guard let type = Self.geometries[name] else { throw unexpected("a geometry") }
        _ = skipKeyword("z")
        guard type == "GeometryCollection" else {
            return ["type": .string(type), "coordinates": try coordinates(depth(of: type))]
        }
        try expect("(")
        var members: [JSON] = []
        repeat {
            guard case .word(let word) = take().kind else { throw unexpected("a geometry") }
            members.append(try deeper { try $0.geoJSON(word.lowercased()) })
        } while skipSymbol(",")
        try expect(")")
        return ["type": .string(type), "geometries": .array(members)]
    }

    /// How many lists lie in one another down to the positions.
    private func depth(of type: String) -> Int {
        switch type {
        case "Point": 0
        case "LineString", "MultiPoint": 1
        case "Polygon", "MultiLineString": 2
        default: 3
        }
    }

    private mutating func coordinates(_ depth: Int) throws -> JSON {
        try expect("(")
        guard depth > 0 else {
            let position = try position()
            try expect(")")
            return position
        }
        var members: [JSON] = []
        repeat {
            // The positions of several points may stand in parentheses or not.
            if depth == 1 {
                members.append(isSymbol("(") ? try coordinates(0) : try position())
            } else {
                members.append(try coordinates(depth - 1))
            }
        } while skipSymbol(",")
        try expect(")")
        return .array(members)
    }

    private mutating func position() throws -> JSON {
        var numbers: [JSON] = []
        while true {
            let isNegative = skipSymbol("-")
            guard case .number(let number) = current.kind else { break }
            _ = take()
            numbers.append(.double(isNegative ? -number : number))
        }
        guard numbers.count >= 2 else { throw unexpected("a coordinate") }
        return .array(numbers)
    }
}
