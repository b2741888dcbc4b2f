import Domain

/// Looks for faces and number plates.
struct Search {
    let networks: NetworkShelf

    /// Plates above this part of the height are taken for signs unless the model is fairly sure.
    private static let horizon = 0.4
    private static let sureAboveHorizon = 0.5

    /// What is to be hidden, best first, in pixels of the displayed picture; boxes may reach beyond its edges.
    func findings(
        in picture: borrowing PlanarPicture, _ orientation: Orientation, _ type: PictureType, _ policy: RedactionPolicy
    ) throws -> [Candidate] {
        let scene = try Scene(picture, orientation, type)
        var candidates: [Candidate] = []
        let passes = SearchPass.passes(policy, type, height: scene.size.height)
        for pass in passes {
            // One tile size for all sweeps of a model, so that pictures of one camera need few compiled networks.
            let whole = passes.first { $0.subject == pass.subject && $0.level == .whole } ?? pass
            let side = TilePlan.cheapestSide(
                among: model(of: pass).sweepSides, covering: scene.area(of: whole), overlap: pass.overlap)
            candidates += try sweep(pass, side: side, scene, picture, policy)
        }
        let height = Double(scene.size.height)
        let least = (face: threshold(of: .face, policy), plate: threshold(of: .plate, policy))
        let certain = candidates.filter { candidate in
            guard candidate.subject == .plate else { return candidate.score >= least.face }
            let above = candidate.middle.y < height * Self.horizon
            return candidate.score >= (above ? max(Self.sureAboveHorizon, least.plate) : least.plate)
        }
        // The search looked a little beyond the rows; what lies there whole is not to be hidden.
        return Suppression(wrapsAt: scene.wrapsAt).survivors(of: certain).filter {
            $0.y + $0.height > policy.rows.skyUntil * height && $0.y < policy.rows.bonnetFrom * height
        }
    }

    private func threshold(of model: DetectionModel, _ policy: RedactionPolicy) -> Double {
        policy.tuning(of: model.subject).threshold ?? model.threshold
    }

    private func model(of pass: SearchPass) -> DetectionModel { pass.subject == .face ? .face : .plate }

    private func sweep(
        _ pass: SearchPass, side: Int, _ scene: borrowing Scene, _ picture: borrowing PlanarPicture,
        _ policy: RedactionPolicy
    ) throws -> [Candidate] {
        let model = model(of: pass)
        let looksCloser = model == .plate && pass.level == .whole && policy.preset != .fast
        let threshold = looksCloser ? PlateCloseUp.trace : self.threshold(of: model, policy)
        let plan = TilePlan(covering: scene.area(of: pass), tile: side, overlap: pass.overlap)
        var found: [Candidate] = []
        for origin in plan.origins {
            found += try candidates(model, threshold, pass.level, plan.tile, origin, scene, picture)
        }
        guard looksCloser else { return found }
        for square in PlateCloseUp.squares(around: found) {
            let tile = PixelSize(width: PlateCloseUp.tile, height: PlateCloseUp.tile)
            let origin = TilePlan.Origin(x: max(0, square.x) / 4 * 8, y: max(0, square.y) / 4 * 8)
            found += try candidates(model, self.threshold(of: model, policy), .double, tile, origin, scene, picture)
        }
        return found
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
