/// A ring with holes in it. Edges, those of holes too, belong to it.
package struct GeoPolygon: Hashable, Sendable {
    package let outline: GeoRing
    package let holes: [GeoRing]

    package init(outline: GeoRing, holes: [GeoRing] = []) {
        self.outline = outline
        self.holes = holes
    }

    package func contains(_ point: GeoPoint) -> Bool { side(of: point) != .outside }

    package func side(of point: GeoPoint) -> GeoRing.Side {
        let side = outline.side(of: point)
        guard side == .inside else { return side }
        for hole in holes {
            switch hole.side(of: point) {
            case .inside: return .outside
            case .edge: return .edge
            case .outside: break
            }
        }
        return .inside
    }
}
