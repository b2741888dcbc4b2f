import Domain

/// How a picture lies to a geometry (OGC 21-065r2 §7, after OGC Simple Features). A picture is a point: it has no
/// boundary, and can neither cross nor overlap anything.
struct PlaceCondition {
    private let vocabulary: Vocabulary

    init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    func condition(
        _ operation: FilterOperator, _ left: FilterExpression, _ right: FilterExpression
    ) throws -> SQLStatement {
        let isTurned = !isPlace(left)
        guard isPlace(isTurned ? right : left), let figure = try Self.figure(isTurned ? left : right) else {
            throw FilterCompiler.refused("'\(operation.rawValue)' compares the property 'geometry' with a geometry")
        }
        switch operation {
        case .placeIntersects: return try Self.meets(figure)
        case .placeDisjoint: return "(NOT \(try Self.meets(figure)))"
        case .placeTouches: return try Self.lies(figure, "= 0")
        case .placeEquals: return Self.equals(figure)
        case .placeWithin: return isTurned ? Self.equals(figure) : try Self.lies(figure, "= 1")
        case .placeContains: return isTurned ? try Self.lies(figure, "= 1") : Self.equals(figure)
        default: return "(1 = 0)"
        }
    }

    /// Whether a picture `p` is in the figure or on its edge.
    static func meets(_ figure: GeoFigure) throws -> SQLStatement { try lies(figure, ">= 0") }

    /// The geometry that an expression is; nil for something else.
    static func figure(_ expression: FilterExpression) throws -> GeoFigure? {
        switch expression {
        case .geometry(let figure): return figure
        case .box(let numbers):
            let flat = numbers.count == 6 ? [numbers[0], numbers[1], numbers[3], numbers[4]] : numbers
            guard flat.count == 4 else { throw FilterCompiler.refused("a box has 4 numbers, or 6 with heights") }
            return GeoFigure(BoundingBox(west: flat[0], south: flat[1], east: flat[2], north: flat[3]))
        default: return nil
        }
    }

    /// The box first, so that few pictures are held against the figure itself.
    private static func lies(_ figure: GeoFigure, _ side: SQLStatement) throws -> SQLStatement {
        guard let box = figure.box else { return "(1 = 0)" }
        return """
            (p.longitude BETWEEN \(box.west) AND \(box.east) AND p.latitude BETWEEN \(box.south) AND \(box.north) \
            AND place_side(p.longitude, p.latitude, \(try JSONText.encode(figure))) \(side))
            """
    }

    private static func equals(_ figure: GeoFigure) -> SQLStatement {
        guard let point = figure.onlyPoint else { return "(1 = 0)" }
        return "(p.longitude = \(point.longitude) AND p.latitude = \(point.latitude))"
    }

    private func isPlace(_ expression: FilterExpression) -> Bool {
        guard case .property(let name) = expression else { return false }
        return (try? vocabulary.find(name))?.kind == .place
    }
}
