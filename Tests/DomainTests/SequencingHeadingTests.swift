import Domain
import Foundation
import Testing

@Suite("Headings from movement")
struct SequencingHeadingTests {
    typealias Make = SequencingFixture

    private func headings(_ pictures: [DispatchCandidates.Candidate], _ rules: DispatchRules = DispatchRules())
        -> [Double?]
    {
        Make.plan(pictures, rules).parts.flatMap { $0.map { $0.heading.map { ($0 * 10).rounded() / 10 } } }
    }

    @Test("a missing heading is the direction to the next picture, the last one's that from the previous")
    func movement() {
        let pictures = [
            Make.picture("a", north: 0, seconds: 0), Make.picture("b", north: 10, seconds: 1),
            Make.picture("c", north: 10, east: 10, seconds: 2), Make.picture("d", north: 0, east: 10, seconds: 3),
        ]
        #expect(headings(pictures) == [0, 90, 180, 180])
        #expect(Make.plan(pictures).parts.first?.allSatisfy(\.isHeadingComputed) == true)
    }

    @Test("a heading from the tags stays as it is")
    func tagsCount() throws {
        let pictures = [
            Make.picture("a", north: 0, seconds: 0, heading: 123.456), Make.picture("b", north: 10, seconds: 1),
        ]
        let part = try #require(Make.plan(pictures).parts.first)
        #expect(part[0] == DispatchPlan.Placement(id: pictures[0].id, heading: 123.456, isHeadingComputed: false))
        #expect(part[1].isHeadingComputed)
    }

    @Test("a camera that stands looks where it goes on")
    func standstill() {
        let rules = DispatchRules(duplicateDistance: nil)
        let pictures =
            [0.0, 10, 10.2, 9.9, 10.1].enumerated().map {
                Make.picture("\($0)", east: $1, seconds: Double($0))
            } + [Make.picture("5", north: 10, east: 10, seconds: 5)]
        let found = headings(pictures, rules)
        #expect(found.first == 90)
        for heading in found.dropFirst() { #expect((heading ?? -1) < 3 || (heading ?? -1) > 357) }
    }

    @Test("a creep of many small steps is a movement all the same")
    func creep() {
        let rules = DispatchRules(duplicateDistance: nil)
        let pictures = (0..<20).map { Make.picture("\($0)", east: Double($0) * 0.3, seconds: Double($0)) }
        #expect(headings(pictures, rules).allSatisfy { $0 == 90 })
    }

    @Test("a relative heading replaces every heading")
    func relative() {
        let pictures = [
            Make.picture("a", north: 0, seconds: 0, heading: 5), Make.picture("b", north: 10, seconds: 1, heading: 5),
        ]
        #expect(headings(pictures, DispatchRules(relativeHeading: -90)) == [270, 270])
        #expect(headings(pictures, DispatchRules(relativeHeading: 450)) == [90, 90])
    }

    @Test("one picture alone keeps what its tags say, or nothing")
    func alone() {
        #expect(headings([Make.picture("a", heading: 7)]) == [7])
        #expect(headings([Make.picture("a")]) == [nil])
        #expect(headings([Make.picture("a", heading: 7)], DispatchRules(relativeHeading: 90)) == [7])
    }
}
