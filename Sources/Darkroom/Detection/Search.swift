import Domain

/// Looks for faces and number plates.
struct Search {
    let networks: NetworkShelf
    private let signs = SignColour()

    init(networks: NetworkShelf) { self.networks = networks }

    /// What is to be hidden, best first, in pixels of the displayed picture; boxes may reach beyond its edges.
    func findings(
        in picture: borrowing PlanarPicture, _ orientation: Orientation, _ type: PictureType, _ policy: RedactionPolicy
    ) throws -> [Candidate] {
        let scene = try Scene(picture, orientation, type)
        var candidates: [Candidate] = []
        let passes = SearchPass.passes(policy, type, height: scene.size.height)
        for pass in passes {
            candidates += try sweep(pass, scene, picture, policy)
        }
        let height = Double(scene.size.height)
        let certainty = Certainty(policy, pictureHeight: scene.size.height)
        let certain = candidates.filter(certainty.suffices)
        var findings: [Candidate] = []
        for finding in Suppression(wrapsAt: scene.wrapsAt).survivors(of: certain) {
            // The search looked a little beyond the rows; what lies there whole is not to be hidden.
            guard finding.y + finding.height > policy.rows.skyUntil * height,
                finding.y < policy.rows.bonnetFrom * height, !signs.isSign(finding, in: picture, orientation)
            else { continue }
            findings.append(finding)
        }
        return findings
    }

    private func threshold(of model: DetectionModel, _ policy: RedactionPolicy) -> Double {
        policy.tuning(of: model.subject).threshold ?? model.threshold
    }

    private static func model(of pass: SearchPass) -> DetectionModel { pass.subject == .face ? .face : .plate }

    private static func plan(_ pass: SearchPass, _ scene: borrowing Scene) -> TilePlan {
        let model = model(of: pass)
        // Each tile size takes memory of its own; quarter size needs few tiles of whatever size.
        let like = pass.level == .quarter ? SearchPass(subject: pass.subject, level: .half, rows: pass.rows) : pass
        let fitted = TilePlan(
            covering: scene.area(of: like), longest: model.longestTile(at: like.level), overlap: like.overlap)
        return TilePlan(covering: scene.area(of: pass), tile: fitted.tile, overlap: pass.overlap)
    }

    private func sweep(
        _ pass: SearchPass, _ scene: borrowing Scene, _ picture: borrowing PlanarPicture, _ policy: RedactionPolicy
    ) throws -> [Candidate] {
        // Of a picture of a few pixels nothing is left at a smaller level, and a network takes no such tile.
        guard !scene.area(of: pass).isEmpty else { return [] }
        let model = Self.model(of: pass)
        let trace = Self.trace(pass, policy.preset)
        let plan = Self.plan(pass, scene)
        var found: [Candidate] = []
        for origin in plan.origins {
            found += try candidates(
                model, trace ?? threshold(of: model, policy), pass.level, plan.tile, origin, scene, picture)
        }
        guard trace != nil else { return found }
        switch model {
        case .face: return found + (try faces(around: found, pass, scene, picture, policy))
        case .plate: return found + (try plates(around: found, scene, picture, policy))
        }
    }

    /// The faintest trace that a pass has followed up; `nil` when it does not.
    private static func trace(_ pass: SearchPass, _ preset: RedactionPreset) -> Double? {
        switch (pass.subject, pass.level, preset) {
        case (.face, .half, .fast): FaceCloseUp.fastTrace
        case (.face, .half, .default): FaceCloseUp.trace
        case (.plate, .whole, .default), (.plate, .whole, .thorough): PlateCloseUp.trace
        default: nil
        }
    }

    /// Asks about the surroundings of faint faces again, at full size.
    private func faces(
        around found: [Candidate], _ pass: SearchPass, _ scene: borrowing Scene, _ picture: borrowing PlanarPicture,
        _ policy: RedactionPolicy
    ) throws -> [Candidate] {
        let whole = SearchPass(subject: .face, level: .whole, rows: pass.rows)
        let area = scene.area(of: whole)
        let squares = TraceCover(
            of: FaceCloseUp.traces(found), in: PixelSize(width: area.width, height: area.bottom)
        ).squares()
        // A picture that is full of traces costs no more than one that is searched from edge to edge.
        let plan = Self.plan(whole, scene)
        var tiles = squares.map { (PixelSize(width: $0.side, height: $0.side), TilePlan.Origin(x: $0.x, y: $0.y)) }
        if squares.reduce(0, { $0 + $1.side * $1.side }) > plan.pixels { tiles = plan.origins.map { (plan.tile, $0) } }
        return try tiles.flatMap { tile, origin in
            try candidates(.face, threshold(of: .face, policy), .whole, tile, origin, scene, picture)
        }
    }

    /// Asks about the surroundings of faint plates again, at double size.
    private func plates(
        around found: [Candidate], _ scene: borrowing Scene, _ picture: borrowing PlanarPicture,
        _ policy: RedactionPolicy
    ) throws -> [Candidate] {
        let tile = PixelSize(width: PlateCloseUp.tile, height: PlateCloseUp.tile)
        let horizon = Double(scene.size.height) * Certainty.horizon
        return try PlateCloseUp.squares(around: found, horizon: horizon).flatMap { square in
            let origin = TilePlan.Origin(x: max(0, square.x) / 4 * 8, y: max(0, square.y) / 4 * 8)
            return try candidates(.plate, threshold(of: .plate, policy), .double, tile, origin, scene, picture)
        }
    }

    private func candidates(
        _ model: DetectionModel, _ threshold: Double, _ level: SearchPass.Level, _ tile: PixelSize,
        _ origin: TilePlan.Origin, _ scene: borrowing Scene, _ picture: borrowing PlanarPicture
    ) throws -> [Candidate] {
        try networks.candidates(model, tile: tile, threshold: threshold) { input in
            try scene.fill(input, from: picture, level: level, origin: origin)
        }.map { $0.placed(origin: (origin.x, origin.y), scale: level.rawValue) }
    }
}
