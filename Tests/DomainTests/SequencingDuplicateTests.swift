import Domain
import Foundation
import Testing

@Suite("Near-duplicates of a sequence")
struct SequencingDuplicateTests {
    typealias Make = SequencingFixture

    @Test("the first picture of a place stays, the next ones name it")
    func firstKept() throws {
        let pictures = [
            Make.picture("a", north: 0, seconds: 0, heading: 10),
            Make.picture("b", north: 0.5, seconds: 1, heading: 350),
            Make.picture("c", north: 20, seconds: 2, heading: 0),
        ]
        let plan = Make.plan(pictures)
        #expect(plan.parts.map { $0.map(\.id) } == [[pictures[0].id, pictures[2].id]])
        let rejection = try #require(plan.duplicates[pictures[1].id])
        #expect(rejection.reason == .captureDuplicate)
        #expect(rejection.details == ["duplicate_of": pictures[0].id.string, "distance": "0.50", "angle": "20.0"])
    }

    @Test("another direction at the same place is another picture")
    func otherDirection() {
        let pictures = [
            Make.picture("a", seconds: 0, heading: 0), Make.picture("b", seconds: 1, heading: 61),
            Make.picture("c", seconds: 2, heading: 300),
        ]
        let plan = Make.plan(pictures)
        #expect(plan.duplicates[pictures[1].id] == nil)
        #expect(plan.duplicates[pictures[2].id]?.details["angle"] == "60.0")
    }

    @Test("an unknown heading counts as the same, and has no angle")
    func unknownHeading() {
        let pictures = [
            Make.picture("a", seconds: 0, heading: 0), Make.picture("b", east: 0.9, seconds: 1, heading: nil),
        ]
        let details = Make.plan(pictures).duplicates[pictures[1].id]?.details
        #expect(details == ["duplicate_of": pictures[0].id.string, "distance": "0.90"])
    }

    @Test("a forced relative heading makes the tags' headings count for nothing")
    func forcedHeading() {
        let pictures = [Make.picture("a", seconds: 0, heading: 0), Make.picture("b", seconds: 1, heading: 180)]
        #expect(Make.plan(pictures).duplicates.isEmpty)
        #expect(Make.plan(pictures, DispatchRules(relativeHeading: 0)).duplicates.count == 1)
    }

    @Test("a place passed again later in the sequence counts, in another sequence it does not")
    func notOnlyConsecutive() {
        let round = [0.0, 40, 80, 40.2].enumerated().map {
            Make.picture("\($0)", north: $1, seconds: Double($0), heading: 0)
        }
        #expect(Set(Make.plan(round).duplicates.keys) == [round[3].id])
        let split = [
            Make.picture("a", seconds: 0, heading: 0), Make.picture("b", seconds: 1_000, heading: 0),
        ]
        #expect(Make.plan(split).duplicates.isEmpty)
        #expect(Make.plan(split).parts.count == 2)
    }

    @Test("without a distance everything stays")
    func noDeduplication() {
        let pictures = [Make.picture("a"), Make.picture("b", seconds: 1)]
        #expect(Make.plan(pictures, DispatchRules(duplicateDistance: nil)).duplicates.isEmpty)
    }

    @Test("neighbours are found across the antimeridian and at the poles")
    func edges() {
        let places = [
            (GeoPoint(longitude: 180, latitude: 10), GeoPoint(longitude: -179.999_999, latitude: 10)),
            (GeoPoint(longitude: 0, latitude: 89.999_999), GeoPoint(longitude: 180, latitude: 89.999_999)),
        ]
        for (first, second) in places {
            let pictures = [first, second].enumerated().map {
                DispatchCandidates.Candidate(
                    id: PictureID(), path: "\($0)", position: $1, capturedAt: Make.start + Double($0), gpsTime: nil,
                    cameraTime: nil, heading: nil, type: .flat)
            }
            #expect(Make.plan(pictures).duplicates.count == 1)
        }
    }

    @Test("every pair that was kept is really apart, and every duplicate really near, on a noisy drive")
    func agreesWithBruteForce() {
        var random = SystemRandomNumberGenerator()
        let pictures = (0..<400).map { index in
            let heading = Double.random(in: 0..<360, using: &random)
            return Make.picture(
                "\(index)", north: Double.random(in: 0...12, using: &random),
                east: Double.random(in: 0...12, using: &random), seconds: Double(index),
                heading: Bool.random(using: &random) ? heading : nil)
        }
        func matches(_ a: DispatchCandidates.Candidate, _ b: DispatchCandidates.Candidate) -> Bool {
            guard a.position.distance(to: b.position) <= 1 else { return false }
            guard let x = a.heading, let y = b.heading else { return true }
            return min(abs(x - y), 360 - abs(x - y)) <= 60
        }
        var kept: [DispatchCandidates.Candidate] = []
        var expected: [PictureID: String] = [:]
        for picture in pictures {
            if let first = kept.first(where: { matches(picture, $0) }) {
                expected[picture.id] = first.id.string
            } else {
                kept.append(picture)
            }
        }
        #expect(Make.plan(pictures).duplicates.compactMapValues { $0.details["duplicate_of"] } == expected)
    }

    // Comparing all with all would be 18 million distances: minutes in a debug build.
    @Test("a car-day with long halts is cut in moments", .timeLimit(.minutes(1)))
    func manyPictures() {
        // 6,000 pictures: 40 at each of 150 lights, 60 m apart.
        let pictures = (0..<6_000).map { index in
            let seconds = Double(index) * 2
            let north = Double(index / 40) * 60 + Double(index % 7) * 0.05
            let heading = Double(index % 11)
            return Make.picture("\(index).jpg", north: north, seconds: seconds, gps: seconds, heading: heading)
        }
        let plan = Make.plan(pictures)
        #expect(plan.parts.count == 1)
        #expect(plan.parts.first?.count == 150)
        #expect(plan.duplicates.count == 5_850)
    }
}
