/// A ring with holes in it. Edges, those of holes too, belong to it.
package struct GeoPolygon: Hashable, Sendable {
    package let outline: GeoRing
    package let holes: [GeoRing]

    package init(outline: GeoRing, holes: [GeoRing] = []) {
        self.outline = outline
        self.holes = holes
    }

    package func contains(_ point: GeoPoint) -> Bool {
        switch outline.side(of: point) {
        case .outside: false
        case .edge: true
        case .inside: !holes.contains { $0.side(of: point) == .inside }
        }
    }
}
