import Domain
import Foundation
import Testing

@Suite("Order and cuts of a batch")
struct SequencingOrderTests {
    typealias Make = SequencingFixture

    @Test("an empty batch has no sequence")
    func empty() {
        #expect(Make.plan([]) == DispatchPlan(parts: [], duplicates: [:]))
    }

    @Test("satellite time counts when every picture has it")
    func gpsFirst() {
        let pictures = [
            Make.picture("a", north: 0, seconds: 0, gps: 20, camera: 0),
            Make.picture("b", north: 10, seconds: 1, gps: 10, camera: 1),
            Make.picture("c", north: 20, seconds: 2, gps: 0, camera: 2),
        ]
        #expect(Make.paths(pictures) == [["c", "b", "a"]])
    }

    @Test("one picture without satellite time makes the camera's clock count")
    func cameraSecond() {
        let pictures = [
            Make.picture("a", north: 0, seconds: 2, gps: 20, camera: 1),
            Make.picture("b", north: 10, seconds: 1, gps: nil, camera: 0),
            Make.picture("c", north: 20, seconds: 0, gps: 0, camera: 2),
        ]
        #expect(Make.paths(pictures) == [["b", "a", "c"]])
    }

    @Test("without a common clock the time of capture counts")
    func capturedLast() {
        let pictures = [
            Make.picture("a", north: 0, seconds: 2, gps: 20),
            Make.picture("b", north: 10, seconds: 1, camera: 0),
        ]
        #expect(Make.paths(pictures) == [["b", "a"]])
    }

    @Test("pictures of the same moment stay in the order of folder and name")
    func tiesByPath() {
        let pictures = [
            Make.picture("101/2.jpg", north: 30), Make.picture("100/10.jpg", north: 20),
            Make.picture("100/9.jpg", north: 10),
        ]
        #expect(Make.paths(pictures) == [["100/9.jpg", "100/10.jpg", "101/2.jpg"]])
    }

    @Test("file names sort as numbers when all are, as text otherwise, folder by folder")
    func byName() {
        let rules = DispatchRules(sortMethod: .filenameAscending, splitDistance: nil, splitTime: nil)
        let numbers = ["b/1.jpg", "a/10.jpg", "a/9.JPG"].enumerated().map {
            Make.picture($1, north: Double($0) * 10)
        }
        #expect(Make.paths(numbers, rules) == [["a/9.JPG", "a/10.jpg", "b/1.jpg"]])
        let mixed = ["a/10.jpg", "a/9.jpg", "a/x.jpg"].enumerated().map { Make.picture($1, north: Double($0) * 10) }
        #expect(Make.paths(mixed, rules) == [["a/10.jpg", "a/9.jpg", "a/x.jpg"]])
    }

    @Test(
        "descending methods turn the order round",
        arguments: [
            DispatchRules.SortMethod.timeDescending, .filenameDescending,
        ])
    func descending(method: DispatchRules.SortMethod) {
        let pictures = (0..<3).map { Make.picture("\($0).jpg", north: Double($0) * 10, seconds: Double($0)) }
        #expect(Make.paths(pictures, DispatchRules(sortMethod: method)) == [["2.jpg", "1.jpg", "0.jpg"]])
    }

    @Test("a gap longer than the time limit starts a new sequence, one as long does not")
    func splitTime() {
        let pictures = [
            Make.picture("a", north: 0, seconds: 0), Make.picture("b", north: 10, seconds: 300),
            Make.picture("c", north: 20, seconds: 600.5),
        ]
        #expect(Make.paths(pictures) == [["a", "b"], ["c"]])
        #expect(Make.paths(pictures, DispatchRules(splitTime: nil)) == [["a", "b", "c"]])
    }

    @Test("a gap wider than the distance limit starts a new sequence")
    func splitDistance() {
        let pictures = [
            Make.picture("a", north: 0, seconds: 0), Make.picture("b", north: 99, seconds: 1),
            Make.picture("c", north: 200, seconds: 2),
        ]
        #expect(Make.paths(pictures) == [["a", "b"], ["c"]])
        #expect(Make.paths(pictures, DispatchRules(splitDistance: nil)) == [["a", "b", "c"]])
    }
}
