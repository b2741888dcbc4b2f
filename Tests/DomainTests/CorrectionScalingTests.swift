import Domain
import Foundation
import Testing

@Suite("Corrections on a picture of another size")
struct CorrectionScalingTests {
    private func correction(_ change: Correction.Change) -> Correction {
        Correction(pictureID: PictureID(), change: change, accountID: nil, createdAt: .now, appliedRevision: 3)
    }

    @Test("an outline is at the same place of the scene")
    func region() throws {
        let old = correction(.region(try Polygon([.init(x: 10, y: 20), .init(x: 30, y: 20), .init(x: 30, y: 40)])))
        let new = old.scaled(from: (100, 50), to: (300, 100))
        #expect(new.region?.points.map(\.x) == [30, 90, 90] && new.region?.points.map(\.y) == [40, 40, 80])
        #expect(new.id == old.id && new.appliedRevision == 3)
        #expect(old.scaled(from: (100, 50), to: (100, 50)) == old)
        #expect(old.scaled(from: (0, 50), to: (100, 50)) == old)
    }

    @Test("a finding is widened to whole pixels")
    func wrong() {
        let finding = Redaction(subject: .face, x: 11, y: 3, width: 5, height: 5, score: 0.5, model: "m")
        let wrong = correction(.wrong(finding)).scaled(from: (100, 100), to: (50, 150)).wrong
        #expect(wrong?.x == 5 && wrong?.width == 3 && wrong?.y == 4 && wrong?.height == 8)
    }
}
