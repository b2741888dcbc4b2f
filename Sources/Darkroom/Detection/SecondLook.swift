import Domain

/// How a model is asked again about a thing that it is not sure of: alone in the middle of a small tile, at the size at which
/// it knows such things best.
///
/// At double size a face of 16 pixels is given 0.7 and more, in the dark, shaken or a little out of focus too; a rose, a leaf
/// or a chimney that had 0.5 at another size, hardly ever 0.5. A plate that was only there because of where a tile began is not
/// there again.
package struct SecondLook: Hashable, Sendable {
    /// The faintest face that is looked at again, by its height. What is confirmed in the end is far surer.
    package static func faintestFace(ofHeight height: Double) -> Double { height < smallFace ? faintestFace : 0.12 }
    /// One of 16 pixels is often given no more at full size.
    package static let faintestFace = 0.06
    private static let smallFace = 32.0
    /// More are left as they were first judged: a picture full of hesitant findings is bounded too.
    static let most = 120

    package let level: SearchPass.Level
    /// Side of the tile, pixels of the level.
    package let side: Int
    /// The score that confirms the finding.
    package let convincing: Double

    private static let settledFace = 0.75
    private static let settledPlate = 0.5
    /// Heights of faces in pixels of the picture, the sizes at which they are looked at, and in how large a tile: what
    /// surrounds a small one tells the net nothing. Larger ones are not mistaken.
    private static let faces: [(below: Double, level: SearchPass.Level, side: Int)] = [
        (24, .double, 96), (smallFace, .double, 128), (60, .double, 192), (100, .whole, 192), (tallestFace, .half, 192),
    ]
    static let tallestFace = 200.0
    private static let convincingFace = 0.5
    /// Widths of plates; smaller ones are always hesitant, and have been looked at closely.
    private static let plates: [(below: Double, level: SearchPass.Level?)] = [(64, nil), (130, .whole), (320, .half)]
    /// Where a tile may begin, so that it does on colour samples.
    private static let step = 8

    /// `nil` for what needs no second look.
    package init?(at finding: Candidate) {
        switch finding.subject {
        case .face:
            guard finding.score < Self.settledFace,
                let (_, level, side) = Self.faces.first(where: { finding.height < $0.below })
            else { return nil }
            (self.level, self.side, convincing) = (level, side, Self.convincingFace)
        case .plate:
            guard finding.score < Self.settledPlate,
                let level = Self.plates.first(where: { finding.width < $0.below })?.level
            else { return nil }
            (self.level, side, convincing) = (level, PlateCloseUp.tile, 0.1)
        default: return nil
        }
    }

    /// Where the tile begins, pixels of the level. `wrapsAt`: a panorama's width, which goes on beyond its right edge.
    package func origin(around finding: Candidate, wrapsAt width: Int?) -> TilePlan.Origin {
        let middle = finding.middle, scale = level.rawValue
        func start(_ at: Double) -> Int { Int(at * scale - Double(side) / 2) }
        var x = start(middle.x)
        if x < 0, let width { x += Int(Double(width) * scale) }
        return TilePlan.Origin(x: max(0, x) / Self.step * Self.step, y: max(0, start(middle.y)) / Self.step * Self.step)
    }
}
