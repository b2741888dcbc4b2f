import Domain
import Foundation
import Testing

@Suite("The life of an alert")
struct AlertStepTests {
    private static let start = Date(timeIntervalSince1970: 1_780_308_000)
    private static let topic = AlertTopic(.diskFull)

    /// Goes through looks at given minutes; what was told, and when.
    private func told(
        _ looks: [(minute: Double, trouble: Bool?)], grace: Double = 0, calm: Double = 0, reminder: Double = 60,
        acknowledgedAt: Double? = nil
    ) -> [String] {
        var (alert, told) = (Alert?.none, [String]())
        for look in looks {
            let moment = Self.start.addingTimeInterval(look.minute * 60)
            if let acknowledgedAt, look.minute >= acknowledgedAt { alert?.acknowledgedAt = moment }
            let finding = AlertFinding(Self.topic, isTrouble: look.trouble, grace: grace * 60, calm: calm * 60)
            let step = AlertStep.after(finding, open: alert, at: moment, reminder: reminder * 60)
            alert = step.alert?.isOpen == true ? step.alert : nil
            if let event = step.event { told.append("\(Int(look.minute)) \(event.rawValue)") }
        }
        return told
    }

    @Test("nothing is told while all is well")
    func fine() {
        #expect(told([(0, false), (1, false), (2, nil)]) == [])
    }

    @Test("trouble is told once, reminded of at its pace, and its end is told")
    func whole() {
        let looks = (0...150).map { (minute: Double($0), trouble: Bool?.some($0 >= 3 && $0 < 140)) }
        #expect(told(looks) == ["3 raised", "63 reminded", "123 reminded", "140 recovered"])
    }

    @Test("trouble within its grace is never told, and its end neither")
    func grace() {
        #expect(told([(0, true), (4, true), (5, false), (6, true), (10, true)], grace: 5) == [])
        #expect(told([(0, true), (4, true), (5, true), (6, false)], grace: 5) == ["5 raised", "6 recovered"])
    }

    @Test("calm that does not last is none")
    func flapping() {
        let looks: [(Double, Bool?)] = [(0, true), (1, false), (2, true), (3, false), (4, false), (5, false)]
        #expect(told(looks, calm: 2) == ["0 raised", "5 recovered"])
    }

    @Test("who knows of it is not reminded, but hears of its end")
    func acknowledged() {
        #expect(
            told([(0, true), (30, true), (90, true), (200, false)], acknowledgedAt: 20) == [
                "0 raised", "200 recovered",
            ])
    }

    @Test("a look that cannot tell neither raises, reminds nor ends")
    func unknown() {
        #expect(
            told([(0, nil), (1, true), (90, nil), (91, true), (92, nil), (93, false)]) == [
                "1 raised", "91 reminded", "93 recovered",
            ])
    }

    @Test("a label is silent after its rhythm and grace, from its last file or from when it was watched")
    func silence() throws {
        let watch = try LabelWatch(rhythm: 3600, grace: 600, positionsMissing: 20, since: Self.start)
        func isSilent(after seconds: TimeInterval, last: TimeInterval?) -> Bool? {
            let label = WatchedLabel(
                id: CameraLabelID(), name: "CAM-7", watch: watch,
                lastArrival: last.map { Self.start.addingTimeInterval($0) }, files: 0, withoutPosition: 0)
            return label.findings(at: Self.start.addingTimeInterval(seconds)).first?.isTrouble
        }
        #expect(isSilent(after: 4200, last: nil) == false)
        #expect(isSilent(after: 4201, last: nil) == true)
        // What came before it was watched does not make it silent at once.
        #expect(isSilent(after: 4200, last: -90_000) == false)
        #expect(isSilent(after: 9000, last: 5000) == false)
        #expect(isSilent(after: 9201, last: 5000) == true)
    }

    @Test(
        "positions are missing beyond the share, and too few files say nothing",
        arguments: [
            (10, 2, false), (10, 3, true), (9, 9, nil), (0, 0, nil), (1000, 200, false), (1000, 201, true),
        ] as [(Int, Int, Bool?)])
    func positions(files: Int, without: Int, expected: Bool?) throws {
        let watch = try LabelWatch(rhythm: nil, grace: 0, positionsMissing: 20, since: Self.start)
        let label = WatchedLabel(
            id: CameraLabelID(), name: "CAM-7", watch: watch, lastArrival: nil, files: files, withoutPosition: without)
        let findings = label.findings(at: Self.start)
        #expect(findings.count == 1 && findings[0].isTrouble == expected)
    }

    @Test(
        "what is expected of a label has bounds",
        arguments: [
            (30.0, 0.0, 5), (3600, -1, 5), (366 * 86_401, 0, 5), (Double.nan, 0, 5), (3600, 0, 100), (3600, 0, -1),
        ] as [(Double, Double, Int)])
    func bounds(rhythm: Double, grace: Double, share: Int) {
        #expect(throws: Failure.self) {
            try LabelWatch(rhythm: rhythm, grace: grace, positionsMissing: share, since: Self.start)
        }
    }
}
