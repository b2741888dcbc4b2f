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
            candidates += try sweep(pass, like: Self.model(of: pass, among: passes), scene, picture, policy)
        }
        let height = Double(scene.size.height)
        let certainty = Certainty(policy, pictureHeight: scene.size.height)
        let certain = candidates.filter(certainty.suffices)
        let things = Suppression(wrapsAt: scene.wrapsAt).survivors(of: certain)
        var findings: [Candidate] = []
        for finding in try confirmed(things, certainty, scene, picture, policy) {
            // The search looked a little beyond the rows; what lies there whole is not to be hidden.
            guard finding.y + finding.height > policy.rows.skyUntil * height,
                finding.y < policy.rows.bonnetFrom * height, !signs.isSign(finding, in: picture, orientation)
            else { continue }
            findings.append(finding)
        }
        return findings
    }

    /// Without those that a second look did not confirm, best first. Where an operator has set a threshold, that decides alone.
    private func confirmed(
        _ findings: [Candidate], _ certainty: Certainty, _ scene: borrowing Scene, _ picture: borrowing PlanarPicture,
        _ policy: RedactionPolicy
    ) throws -> [Candidate] {
        let suppression = Suppression(wrapsAt: scene.wrapsAt)
        var confirmed: [Candidate] = [], looks = 0
        for finding in findings {
            guard policy.tuning(of: finding.subject).threshold == nil, let look = SecondLook(at: finding) else {
                // Several boxes of a face together may be too large for a second look, and then it has to be sure itself.
                if finding.subject == .plate || certainty.suffices(finding) { confirmed.append(finding) }
                continue
            }
            guard looks < SecondLook.most else {
                if finding.score >= DetectionTuning.usual(finding.subject).threshold { confirmed.append(finding) }
                continue
            }
            looks += 1
            let seen = try candidates(
                finding.subject == .face ? .face : .plate, look.convincing, look.level,
                PixelSize(width: look.side, height: look.side),
                look.origin(around: finding, wrapsAt: scene.wrapsAt), scene, picture
            ).filter { suppression.isSame(finding, $0) }
            guard var surer = suppression.survivors(of: seen + [finding]).first, !seen.isEmpty else { continue }
            // Its score stays the one that an administrator's threshold would be compared with.
            surer.score = finding.score
            confirmed.append(surer)
        }
        return confirmed
    }

    /// The score from which on a candidate is kept at all.
    private func threshold(of model: DetectionModel, _ policy: RedactionPolicy) -> Double {
        policy.tuning(of: model.subject).threshold ?? (model == .face ? SecondLook.faintestFace : model.threshold)
    }

    /// The pass whose tile size another one takes, since each tile size costs memory of its own: for large faces any will
    /// do, and half a picture's plates fit the tiles of the next larger size.
    private static func model(of pass: SearchPass, among passes: [SearchPass]) -> SearchPass {
        let levels: [SearchPass.Level] =
            switch (pass.subject, pass.level) {
            case (.face, .quarter): [.half]
            case (.plate, .half): [.whole, .fourFifths]
            default: []
            }
        return passes.first { $0.subject == pass.subject && levels.contains($0.level) } ?? pass
    }

    private static func model(of pass: SearchPass) -> DetectionModel { pass.subject == .face ? .face : .plate }

    private static func plan(_ pass: SearchPass, like model: SearchPass, _ scene: borrowing Scene) -> TilePlan {
        let own = plan(pass, scene)
        let shared = TilePlan(covering: scene.area(of: pass), tile: plan(model, scene).tile, overlap: pass.overlap)
        // Small pictures would be searched in tiles that lie outside for the most part.
        return shared.pixels * 4 <= own.pixels * 5 ? shared : own
    }

    private static func plan(_ pass: SearchPass, _ scene: borrowing Scene) -> TilePlan {
        TilePlan(
            covering: scene.area(of: pass), longest: model(of: pass).longestTile(at: pass.level), overlap: pass.overlap)
    }

    private func sweep(
        _ pass: SearchPass, like shared: SearchPass, _ scene: borrowing Scene, _ picture: borrowing PlanarPicture,
        _ policy: RedactionPolicy
    ) throws -> [Candidate] {
        // Of a picture of a few pixels nothing is left at a smaller level, and a network takes no such tile.
        guard !scene.area(of: pass).isEmpty else { return [] }
        let model = Self.model(of: pass)
        let trace = Self.trace(pass, policy.preset)
        let plan = Self.plan(pass, like: shared, scene)
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
        case (.face, .threeFifths, .default): FaceCloseUp.trace
        case (.plate, .fourFifths, .default), (.plate, .whole, .thorough): PlateCloseUp.trace
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
        let side = TraceCover.longestSide
        let plan = TilePlan(covering: area, tile: PixelSize(width: side, height: side), overlap: whole.overlap)
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
                .filter { $0.width <= PlateCloseUp.widest }
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
