import Darkroom
import Domain
import Testing

@Suite("A second look at what a model is not sure of")
struct SecondLookTests {
    private func thing(
        _ subject: Redaction.Subject, _ side: Double, _ score: Double, x: Double = 1000, y: Double = 800
    ) -> Candidate {
        Candidate(subject: subject, x: x, y: y, width: side, height: side, score: score)
    }

    @Test("a hesitant face is looked at again where the net knows its size best, a sure or very large one is not")
    func faces() {
        #expect(SecondLook(at: thing(.face, 16, 0.3))?.level == .double)
        #expect(SecondLook(at: thing(.face, 52, 0.2))?.level == .double)
        #expect(SecondLook(at: thing(.face, 80, 0.5))?.level == .whole)
        #expect(SecondLook(at: thing(.face, 150, 0.6))?.level == .half)
        #expect(SecondLook(at: thing(.face, 16, 0.8)) == nil)
        #expect(SecondLook(at: thing(.face, 400, 0.5)) == nil)
    }

    @Test("a small face may be fainter than a large one, and is looked at with less around it")
    func faint() throws {
        let small = try #require(SecondLook(at: thing(.face, 20, 0.07)))
        let large = try #require(SecondLook(at: thing(.face, 50, 0.15)))
        #expect(small.side < large.side && small.convincing == large.convincing)
        let certainty = Certainty(RedactionPolicy(), pictureHeight: 3000)
        #expect(certainty.suffices(thing(.face, 20, 0.07)) && !certainty.suffices(thing(.face, 50, 0.07)))
    }

    @Test("a hesitant plate is looked at again unless it is small, and little confirms it")
    func plates() {
        #expect(SecondLook(at: thing(.plate, 40, 0.3)) == nil)
        #expect(SecondLook(at: thing(.plate, 90, 0.3))?.level == .whole)
        #expect(SecondLook(at: thing(.plate, 200, 0.3))?.level == .half)
        #expect(SecondLook(at: thing(.plate, 90, 0.6)) == nil)
        let plate = SecondLook(at: thing(.plate, 90, 0.3)), face = SecondLook(at: thing(.face, 60, 0.5))
        #expect((plate?.convincing ?? 1) < (face?.convincing ?? 0))
    }

    @Test("nobody else's findings are looked at again")
    func others() { #expect(SecondLook(at: thing(.region, 30, 0.3)) == nil) }

    @Test("the tile has the thing in its middle, begins on colour samples and never before the picture")
    func origins() throws {
        for (side, x, y) in [(16.0, 1000.0, 800.0), (60, 3001, 17), (150, 4, 2000)] {
            let finding = thing(.face, side, 0.5, x: x, y: y)
            let look = try #require(SecondLook(at: finding)), scale = look.level.rawValue
            let origin = look.origin(around: finding, wrapsAt: nil)
            #expect(origin.x % 8 == 0 && origin.y % 8 == 0 && origin.x >= 0 && origin.y >= 0)
            for (start, middle) in [(origin.x, finding.middle.x), (origin.y, finding.middle.y)] where start > 0 {
                #expect(abs(Double(start + look.side / 2) - middle * scale) <= 9)
            }
        }
    }

    @Test("a face on a panorama's edge is looked at beyond the right one, where the picture goes on")
    func seam() throws {
        let finding = thing(.face, 20, 0.4, x: -4, y: 1000)
        let look = try #require(SecondLook(at: finding))
        #expect(look.origin(around: finding, wrapsAt: nil).x == 0)
        let origin = look.origin(around: finding, wrapsAt: 6000)
        #expect(abs(origin.x + look.side / 2 - (6000 + 6) * 2) <= 9)
    }
}
