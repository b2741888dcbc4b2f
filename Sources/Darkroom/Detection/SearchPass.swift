import Domain

/// One sweep of a model over a picture at one size.
package struct SearchPass: Hashable, Sendable {
    /// How much larger than the picture the pixels are that the model sees.
    package enum Level: Double, Sendable {
        case double = 2
        case whole = 1
        case fourFifths = 0.8
        case threeFifths = 0.6
        case half = 0.5
        case quarter = 0.25
    }

    package let subject: Redaction.Subject
    package let level: Level
    /// The part of the picture's height that is searched, from the top.
    package let rows: ClosedRange<Double>

    /// What neighbouring tiles share, in pixels of the level. A thing larger than that may be cut in two here, but is
    /// found whole at the next smaller level.
    package var overlap: Int {
        guard subject == .face else { return 64 }
        switch level {
        case .double, .whole, .fourFifths: return 44
        case .threeFifths: return 40
        case .half: return 88
        case .quarter: return 64
        }
    }

    /// The rows of a panorama that show the street: sky and the car's roof lie outside.
    private static let panoramaRows = 0.15...0.80
    /// At half size only large plates are looked for, and those are near. They fit the tiles of the larger sweep then.
    private static let flatHalfRows = 0.34...1.0
    /// Higher up there are no vehicles, unless the camera looks at the ground; `thorough` looks there too.
    private static let flatPlateRows = 0.22...1.0
    /// Where plates appear small.
    private static let flatDoubleRows = 0.4...1.0
    private static let panoramaDoubleRows = 0.4...0.8

    /// What a policy asks for in a picture of that height.
    package static func passes(_ policy: RedactionPolicy, _ type: PictureType, height: Int) -> [SearchPass] {
        passes(policy.preset, type).filter { policy.hides($0.subject) }
            .compactMap { $0.limited(to: policy.rows, height: height) }
    }

    /// The pass over these rows alone and a little beyond, so that what their border cuts is seen whole; `nil` when none
    /// of its own rows is left.
    package func limited(to searched: SearchedRows, height: Int) -> SearchPass? {
        let beyond = 2 * Double(overlap) / (Double(height) * level.rawValue)
        let first = max(rows.lowerBound, searched.skyUntil - beyond)
        let last = min(rows.upperBound, searched.bonnetFrom + beyond)
        guard first < last else { return nil }
        return SearchPass(subject: subject, level: level, rows: first...last)
    }

    /// What a preset asks for. What traces call for is not here: see `FaceCloseUp` and `PlateCloseUp`.
    package static func passes(_ preset: RedactionPreset, _ type: PictureType) -> [SearchPass] {
        let rows = type == .equirectangular ? panoramaRows : 0...1
        let halfRows = type == .equirectangular ? panoramaRows : flatHalfRows
        let plateRows = type == .equirectangular || preset == .thorough ? rows : flatPlateRows
        let isDefault = preset == .default
        let base = [
            SearchPass(subject: .face, level: .quarter, rows: rows),
            SearchPass(subject: .face, level: isDefault ? .threeFifths : .half, rows: rows),
            SearchPass(subject: .plate, level: .half, rows: halfRows),
            SearchPass(subject: .plate, level: isDefault ? .fourFifths : .whole, rows: plateRows),
        ]
        switch preset {
        case .none: return []
        case .fast, .default: return base
        case .thorough:
            let doubleRows = type == .equirectangular ? panoramaDoubleRows : flatDoubleRows
            return base + [
                SearchPass(subject: .face, level: .whole, rows: rows),
                SearchPass(subject: .face, level: .double, rows: rows),
                SearchPass(subject: .plate, level: .double, rows: doubleRows),
            ]
        }
    }
}
