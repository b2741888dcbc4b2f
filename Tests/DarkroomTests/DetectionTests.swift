import Darkroom
import Domain
import Foundation
import Testing

@Suite("Detection arithmetic")
struct DetectionTests {
    private func face(_ x: Double, _ y: Double, _ side: Double, _ score: Double) -> Candidate {
        Candidate(subject: .face, x: x, y: y, width: side, height: side, score: score)
    }

    @Test(
        "tiles cover every pixel, share the overlap but for a few pixels, and start where colour samples start",
        arguments: [
            (4000, 3000, 576, 64), (4001, 2999, 1088, 96), (6016, 1872, 576, 64), (500, 400, 576, 64),
            (577, 600, 576, 64),
        ])
    func tiles(_ width: Int, _ height: Int, _ tile: Int, _ overlap: Int) {
        let area = PixelRectangle(x: 0, y: 300, width: width, height: height)
        let plan = TilePlan(covering: area, tile: PixelSize(width: tile, height: tile), overlap: overlap)
        for (starts, first, length) in [
            (Set(plan.origins.map(\.x)).sorted(), 0, width), (Set(plan.origins.map(\.y)).sorted(), 300, height),
        ] {
            #expect(starts.allSatisfy { $0 % 8 == 0 })
            #expect(starts[0] <= first)
            #expect((starts.last ?? 0) + tile >= first + length)
            for (left, right) in zip(starts, starts.dropFirst()) { #expect(left + tile - right >= overlap - 14) }
        }
    }

    @Test(
        "tiles fit the picture: they cover it, and little but the overlap is asked about twice",
        arguments: [(4000, 3000), (4288, 3216), (3840, 2160), (5184, 3888), (6016, 1872), (4608, 3456), (1000, 750)])
    func fitting(_ width: Int, _ height: Int) {
        let area = PixelRectangle(x: 0, y: 0, width: width, height: height)
        for (longest, overlap, most) in [(608, 44, 1.36), (1088, 88, 1.3), (1184, 64, 1.3)] {
            let plan = TilePlan(covering: area, longest: longest, overlap: overlap)
            #expect(plan.tile.width % 32 == 0 && plan.tile.height % 32 == 0)
            #expect(plan.tile.width <= longest && plan.tile.height <= longest)
            #expect(Double(plan.pixels) < most * Double(area.size.area))
            let lefts = Set(plan.origins.map(\.x)).sorted(), tops = Set(plan.origins.map(\.y)).sorted()
            #expect((lefts.last ?? 0) + plan.tile.width >= width && (tops.last ?? 0) + plan.tile.height >= height)
            for (left, right) in zip(lefts, lefts.dropFirst()) {
                #expect(left + plan.tile.width - right >= overlap - 14)
            }
        }
    }

    @Test("of overlapping boxes one stays that holds them all; boxes apart and other subjects stay too")
    func suppression() {
        var plate = face(102, 100, 40, 0.5)
        plate.subject = .plate
        let survivors = Suppression().survivors(of: [
            face(100, 102, 40, 0.6), face(104, 102, 40, 0.9), face(300, 100, 40, 0.4), plate,
        ])
        let grown = Candidate(subject: .face, x: 100, y: 102, width: 44, height: 40, score: 0.9)
        #expect(Set(survivors) == [grown, face(300, 100, 40, 0.4), plate])
    }

    @Test("a box mostly within a better one goes, though they share little of their union")
    func containment() {
        let survivors = Suppression().survivors(of: [face(100, 100, 100, 0.9), face(110, 110, 30, 0.5)])
        #expect(survivors == [face(100, 100, 100, 0.9)])
    }

    @Test("a sure box that a tile's edge cut short grows to the whole one found elsewhere")
    func cutShort() {
        let whole = Candidate(subject: .plate, x: 100, y: 100, width: 140, height: 30, score: 0.4)
        let cut = Candidate(subject: .plate, x: 180, y: 100, width: 60, height: 30, score: 0.8)
        let survivors = Suppression().survivors(of: [whole, cut])
        #expect(survivors.map { [$0.x, $0.width, $0.score] } == [[100, 140, 0.8]])
    }

    @Test("what a panorama shows at its right edge and again beyond it is one thing")
    func wrapping() {
        let survivors = Suppression(wrapsAt: 1000).survivors(of: [
            face(995, 100, 40, 0.9), face(-4, 101, 40, 0.8), face(1010, 300, 20, 0.7), face(500, 100, 40, 0.6),
        ])
        #expect(survivors.count == 3)
        #expect(survivors.contains { abs($0.x - 10) < 0.001 && $0.y == 300 })
    }

    @Test("a region has its margin, stays within the picture, and becomes two across a panorama's edge")
    func regions() {
        let plan = RedactionPlan(size: PixelSize(width: 1000, height: 500), type: .flat, policy: RedactionPolicy())
        #expect(
            plan.redactions(of: [face(100, 100, 40, 0.9)]).map { [$0.x, $0.y, $0.width, $0.height] }
                == [[90, 90, 60, 60]])
        #expect(
            plan.redactions(of: [face(-20, 480, 40, 0.9)]).map { [$0.x, $0.y, $0.width, $0.height] } == [
                [0, 470, 30, 30]
            ])
        let round = RedactionPlan(
            size: PixelSize(width: 1000, height: 500), type: .equirectangular, policy: RedactionPolicy())
        let halves = round.redactions(of: [face(980, 100, 40, 0.9)]).map { [$0.x, $0.width] }
        #expect(Set(halves) == [[970, 30], [0, 30]])
    }

    @Test("the margin is the policy's where it names one, else the model's")
    func margins() {
        let size = PixelSize(width: 1000, height: 500)
        func region(_ policy: RedactionPolicy) -> [[Int]] {
            RedactionPlan(size: size, type: .flat, policy: policy).redactions(of: [face(100, 100, 40, 0.9)])
                .map { [$0.x, $0.y, $0.width, $0.height] }
        }
        #expect(region(RedactionPolicy(face: .init(margin: 0.5))) == [[80, 80, 80, 80]])
        #expect(region(RedactionPolicy(face: .init(margin: 0))) == [[100, 100, 40, 40]])
        #expect(region(RedactionPolicy(plate: .init(margin: 2))) == [[90, 90, 60, 60]])
    }

    @Test(
        "rows of a policy narrow each pass, with room for what their border cuts",
        arguments: [PictureType.flat, .equirectangular])
    func rows(type: PictureType) {
        let height = 3000, rows = SearchedRows(skyUntil: 0.45, bonnetFrom: 0.7)
        let all = SearchPass.passes(RedactionPolicy(), type, height: height)
        let narrowed = SearchPass.passes(RedactionPolicy(rows: rows), type, height: height)
        #expect(all == SearchPass.passes(.default, type))
        #expect(narrowed.count == all.count)
        for (pass, whole) in zip(narrowed, all) {
            #expect((pass.subject, pass.level) == (whole.subject, whole.level))
            let room = Double(height) * pass.level.rawValue
            let above = (rows.skyUntil - pass.rows.lowerBound) * room
            let below = (pass.rows.upperBound - rows.bonnetFrom) * room
            // A pass goes beyond the policy's rows, but never beyond its own.
            let roomAbove = (rows.skyUntil - whole.rows.lowerBound) * room
            let roomBelow = (whole.rows.upperBound - rows.bonnetFrom) * room
            #expect(above >= min(Double(pass.overlap), roomAbove) && above < 200)
            #expect(below >= min(Double(pass.overlap), roomBelow) && below < 200)
        }
    }

    @Test("a pass whose own rows the policy leaves out is not made")
    func noRows() {
        let high = SearchPass.passes(RedactionPolicy(rows: .init(bonnetFrom: 0.2)), .flat, height: 3000)
        #expect(high.contains { $0.subject == .plate && $0.level == .fourFifths })
        #expect(!high.contains { $0.subject == .plate && $0.level == .half })
    }

    @Test("a subject that the policy does not name is not looked for")
    func unnamed() {
        let plates = SearchPass.passes(RedactionPolicy(subjects: ["plate", "person"]), .flat, height: 3000)
        #expect(!plates.isEmpty && plates.allSatisfy { $0.subject == .plate })
        #expect(SearchPass.passes(RedactionPolicy(preset: .none), .flat, height: 3000).isEmpty)
        #expect(SearchPass.passes(RedactionPolicy(subjects: []), .flat, height: 3000).isEmpty)
    }

    @Test("no preset but none leaves out faces or plates, and thorough asks for more than default")
    func presets() {
        #expect(SearchPass.passes(.none, .flat).isEmpty)
        for preset in [RedactionPreset.fast, .default, .thorough] {
            for type in [PictureType.flat, .equirectangular] {
                let passes = SearchPass.passes(preset, type)
                #expect(passes.contains { $0.subject == .face && $0.level == .quarter })
                let level: SearchPass.Level = preset == .default ? .threeFifths : .half
                #expect(passes.contains { $0.subject == .face && $0.level == level })
                let plates: SearchPass.Level = preset == .default ? .fourFifths : .whole
                #expect(passes.contains { $0.subject == .plate && $0.level == plates })
                #expect(passes.contains { $0.subject == .plate && $0.level == .half })
            }
        }
        #expect(SearchPass.passes(.thorough, .flat).count > SearchPass.passes(.default, .flat).count)
        #expect(SearchPass.passes(.thorough, .flat).contains { $0.subject == .face && $0.level == .whole })
    }

    @Test("what is looked at again may be faint, large things may not, and a label's own threshold holds at every size")
    func certainty() {
        func plate(_ width: Double, _ y: Double, _ score: Double) -> Candidate {
            Candidate(subject: .plate, x: 100, y: y, width: width, height: width / 4, score: score)
        }
        let usual = Certainty(RedactionPolicy(), pictureHeight: 3000)
        #expect(usual.suffices(face(0, 2000, 16, 0.07)) && !usual.suffices(face(0, 2000, 16, 0.05)))
        #expect(usual.suffices(face(0, 2000, 50, 0.13)) && !usual.suffices(face(0, 2000, 50, 0.11)))
        #expect(usual.suffices(face(0, 2000, 300, 0.51)) && !usual.suffices(face(0, 2000, 300, 0.45)))
        #expect(!usual.suffices(face(0, 2000, 6, 0.9)))
        #expect(usual.suffices(plate(50, 2000, 0.21)) && !usual.suffices(plate(150, 2000, 0.24)))
        #expect(!usual.suffices(plate(50, 300, 0.45)) && usual.suffices(plate(50, 300, 0.55)))
        let own = Certainty(RedactionPolicy(face: DetectionTuning(threshold: 0.4)), pictureHeight: 3000)
        #expect(!own.suffices(face(0, 2000, 16, 0.35)) && own.suffices(face(0, 2000, 60, 0.45)))
    }

    @Test("red, green and blue signs are coloured; white and yellow plates, and grey ones in the shade, are not")
    func signColours() {
        // Distances of blue and red chroma from grey, of colours as cameras see them (JFIF's YCbCr).
        func isStrong(_ red: Double, _ green: Double, _ blue: Double) -> Bool {
            let luma = 0.299 * red + 0.587 * green + 0.114 * blue
            return SignColour().isStrong(blue: Int(0.564 * (blue - luma)), red: Int(0.713 * (red - luma)))
        }
        #expect(isStrong(185, 30, 40) && isStrong(120, 25, 30) && isStrong(20, 60, 130) && isStrong(20, 100, 40))
        #expect(!isStrong(235, 235, 230) && !isStrong(245, 190, 10) && !isStrong(230, 160, 20))
        #expect(!isStrong(105, 115, 135) && !isStrong(60, 60, 60) && !isStrong(255, 225, 160))
    }
}
