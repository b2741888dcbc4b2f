import Domain
import Testing

@Suite("What people say about findings")
struct CorrectionsTests {
    private func finding(
        _ x: Int, _ y: Int, _ width: Int, _ height: Int, _ subject: Redaction.Subject = .plate, by model: String = "one"
    ) -> Redaction {
        Redaction(subject: subject, x: x, y: y, width: width, height: height, score: 0.7, model: model)
    }

    @Test("a finding called wrong stays away when another model draws its box a little differently")
    func sameThing() {
        let corrections = Corrections(wrong: [finding(100, 100, 80, 20)])
        #expect(corrections.remaining(of: [finding(98, 99, 86, 23, by: "two")]).isEmpty)
    }

    @Test("what lies elsewhere, is much larger or smaller, or is something else is hidden all the same")
    func otherThings() {
        let corrections = Corrections(wrong: [finding(100, 100, 80, 20)])
        let others = [
            finding(300, 100, 80, 20), finding(90, 60, 200, 100), finding(120, 105, 20, 10),
            finding(100, 100, 80, 20, .face),
        ]
        #expect(corrections.remaining(of: others) == others)
    }

    @Test("two boxes overlap by what both cover of what either covers")
    func overlap() {
        #expect(finding(0, 0, 10, 10).overlap(with: finding(0, 0, 10, 10)) == 1)
        #expect(finding(0, 0, 10, 10).overlap(with: finding(5, 0, 10, 10)) == 50.0 / 150)
        #expect(finding(0, 0, 10, 10).overlap(with: finding(10, 0, 10, 10)) == 0)
    }
}
