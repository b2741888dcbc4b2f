import Domain
import Foundation
import Testing
import Wayside

@Suite("Judging detection")
struct EvaluationTests {
    private func redaction(
        _ subject: Redaction.Subject, _ x: Int, _ y: Int, _ width: Int, _ height: Int
    ) -> Redaction {
        Redaction(subject: subject, x: x, y: y, width: width, height: height, score: 0.9, model: "test")
    }

    private func box(
        _ subject: Redaction.Subject, _ x: Double, _ y: Double, _ width: Double, _ height: Double, crowd: Bool = false
    ) -> TrueBox {
        TrueBox(subject: subject, area: Area(x: x, y: y, width: width, height: height), isCrowd: crowd)
    }

    @Test("what several rectangles cover together counts once")
    func union() {
        let box = Area(x: 10, y: 10, width: 20, height: 10)
        #expect(box.share(coveredBy: []) == 0)
        #expect(box.share(coveredBy: [Area(x: 0, y: 0, width: 100, height: 100)]) == 1)
        let halves = [Area(x: 0, y: 0, width: 20, height: 50), Area(x: 15, y: 0, width: 5, height: 50)]
        #expect(abs(box.share(coveredBy: halves) - 0.5) < 1e-9)
        let crossed = [Area(x: 10, y: 10, width: 20, height: 5), Area(x: 10, y: 10, width: 10, height: 10)]
        #expect(abs(box.share(coveredBy: crossed) - 0.75) < 1e-9)
        #expect(box.share(coveredBy: [Area(x: 30, y: 10, width: 5, height: 5)]) == 0)
    }

    @Test("nine tenths of a box make a hit, less do not, and two redactions may share the work")
    func hits() {
        var tally = Tally()
        tally.add([box(.face, 100, 100, 20, 20)], redactions: [redaction(.face, 100, 100, 18, 20)])
        tally.add([box(.face, 100, 100, 20, 20)], redactions: [redaction(.face, 100, 100, 17, 20)])
        tally.add(
            [box(.face, 100, 100, 20, 20)],
            redactions: [redaction(.face, 100, 100, 20, 10), redaction(.plate, 100, 109, 20, 10)])
        let total = tally.total(of: .face, from: 16)
        #expect(total.things == 3 && total.hits == 2)
        #expect(tally.total(of: .face, from: 24).things == 0)
        #expect(tally.wrong == 0 && tally.emptyPictures == 0 && tally.pictures == 3)
    }

    @Test("faces are told apart by height and plates by width")
    func bins() {
        var tally = Tally()
        tally.add([box(.face, 0, 0, 90, 23), box(.plate, 200, 0, 64, 12)], redactions: [])
        #expect(tally.counts(of: .face)[3].things == 1)
        #expect(tally.counts(of: .plate)[6].things == 1)
        #expect(tally.total(of: .plate, from: 64).recall == 0)
        #expect(tally.total(of: .plate).precision == nil)
    }

    @Test(
        "a redaction on nothing is wrong, one in a crowd counts neither way, one in a true box of the other kind is right"
    )
    func wrong() {
        var tally = Tally()
        tally.add([], redactions: [redaction(.plate, 10, 10, 80, 30), redaction(.face, 500, 10, 30, 30)])
        #expect(tally.wrong == 2 && tally.wrongInEmpty == 2 && tally.emptyPictures == 1)
        tally.add(
            [box(.face, 0, 0, 300, 300, crowd: true), box(.plate, 400, 400, 60, 20)],
            redactions: [redaction(.face, 20, 20, 30, 30), redaction(.face, 410, 395, 40, 30)])
        #expect(tally.wrong == 2)
        #expect(tally.total(of: .face).right == 1 && tally.total(of: .face).wrong == 1)
        #expect(tally.total(of: .face).things == 0 && tally.emptyPictures == 1)
    }

    @Test("a COCO file is read: its boxes by picture, crowds marked, other categories left out")
    func truth() throws {
        let file = try TruthFile(
            Data(
                """
                {"images": [{"id": 7, "file_name": "a/b.jpg", "width": 10, "height": 10}, {"id": 8, "file_name": "c.jpg"}],
                 "annotations": [{"id": 1, "image_id": 7, "category_id": 2, "bbox": [1, 2, 3.5, 4]},
                                 {"id": 2, "image_id": 7, "category_id": 1, "bbox": [1, 2, 3, 4], "iscrowd": 1},
                                 {"id": 3, "image_id": 8, "category_id": 3, "bbox": [1, 2, 3, 4]}],
                 "categories": [{"id": 1, "name": "Face"}, {"id": 2, "name": "license plate"}, {"id": 3, "name": "dog"}]}
                """.utf8))
        #expect(file.pictures.map(\.name) == ["a/b.jpg", "c.jpg"])
        #expect(file.pictures[0].boxes.map(\.subject) == [.plate, .face])
        #expect(file.pictures[0].boxes.map(\.isCrowd) == [false, true])
        #expect(file.pictures[0].boxes[0].area == Area(x: 1, y: 2, width: 3.5, height: 4))
        #expect(file.pictures[1].boxes.isEmpty)
        #expect(file.ignoredCategories == ["dog"])
    }

    @Test(
        "what is no truth is refused with a sentence",
        arguments: [
            "no JSON", #"{"images": []}"#,
            #"{"images": [], "annotations": [], "categories": [{"id": 1, "name": "dog"}]}"#,
            #"{"images": [{"id": 1, "file_name": "a"}], "annotations": [{"image_id": 1, "category_id": 1, "bbox": [0, 0, -1, 5]}], "categories": [{"id": 1, "name": "face"}]}"#,
        ])
    func refusals(_ text: String) {
        do {
            _ = try TruthFile(Data(text.utf8))
            Issue.record("taken: \(text)")
        } catch let failure as Failure {
            #expect(failure.code == .unprocessable && failure.message.hasSuffix("."))
        } catch {
            Issue.record("\(error)")
        }
    }
}
