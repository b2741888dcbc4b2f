import Darkroom
import Domain
import Testing

@Suite("Traces that are followed up")
struct TraceTests {
    private func face(_ x: Double, _ y: Double, _ side: Double, _ score: Double) -> Candidate {
        Candidate(subject: .face, x: x, y: y, width: side, height: side, score: score)
    }

    @Test("every trace gets a close-up with room around it, settled and large ones get none")
    func closeUps() {
        func plate(_ x: Double, _ score: Double, _ width: Double = 32) -> Candidate {
            Candidate(subject: .plate, x: x, y: 500, width: width, height: 8, score: score)
        }
        let traces = [plate(500, 0.01), plate(520, 0.3), plate(1500, 0.005)]
        let squares = PlateCloseUp.squares(
            around: traces + [plate(2500, 0.9), plate(3000, 0.1, 300), plate(3500, 0.0004)])
        #expect(squares.count == 2)
        #expect(PlateCloseUp.squares(around: [plate(500, 0.01)], horizon: 600).isEmpty)
        #expect(PlateCloseUp.squares(around: [plate(500, 0.03)], horizon: 600).count == 1)
        for trace in traces {
            #expect(
                squares.contains {
                    Double($0.x) + 40 < trace.middle.x && trace.middle.x < Double($0.right) - 40
                })
        }
    }

    @Test("every trace lies a rim within a square, and the squares hold far fewer pixels than the picture")
    func traceCover() {
        let area = PixelSize(width: 4000, height: 3000)
        var random = SeededNumbers(seed: 7)
        let traces = (0..<60).map { _ in
            face(Double.random(in: 0..<3990, using: &random), Double.random(in: 0..<2990, using: &random), 9, 0.01)
        }
        let squares = TraceCover(of: traces, in: area).squares()
        for trace in traces {
            let (x, y) = trace.middle
            #expect(
                squares.contains { square in
                    let right = Double(square.x + square.side - TraceCover.rim)
                    let bottom = Double(square.y + square.side - TraceCover.rim)
                    return (x < 64 || Double(square.x + TraceCover.rim) <= x) && x <= right
                        && (y < 64 || Double(square.y + TraceCover.rim) <= y) && y <= bottom
                })
        }
        #expect(squares.allSatisfy { $0.side % 32 == 0 && $0.x >= 0 && $0.y >= 0 })
        #expect(squares.reduce(0) { $0 + $1.side * $1.side } * 8 < area.area)
        #expect(TraceCover(of: [], in: area).squares().isEmpty)
    }

    @Test("faint traces of small things and clear ones of larger things are followed, large faint and settled ones not")
    func faceTraces() {
        let followed = [face(0, 0, 20, 0.01), face(100, 0, 47, 0.03), face(200, 0, 80, 0.1), face(300, 0, 20, 0.9)]
        let left = [
            face(400, 0, 40, 0.01), face(450, 0, 60, 0.03), face(500, 0, 4, 0.2), face(600, 0, 200, 0.2),
            face(700, 0, 40, 0.6),
        ]
        #expect(FaceCloseUp.traces(followed + left) == followed)
    }

    @Test("traces that lie close together share a square, those beyond the area and those without a place get none")
    func sharedSquares() {
        let area = PixelSize(width: 1000, height: 1000)
        let close = [face(300, 300, 8, 0.1), face(380, 300, 8, 0.1), face(300, 380, 8, 0.1), face(380, 380, 8, 0.1)]
        #expect(TraceCover(of: close, in: area).squares().count == 1)
        let nowhere = [face(2000, 10, 8, 0.1), face(.nan, 10, 8, 0.1), face(-50, 10, 8, 0.1)]
        #expect(TraceCover(of: nowhere, in: area).squares().isEmpty)
    }
}

/// The same numbers in every run.
private struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
