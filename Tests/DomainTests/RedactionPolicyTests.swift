import Domain
import Foundation
import Testing

@Suite("The redaction policy of a label")
struct RedactionPolicyTests {
    private func refusal(_ policy: RedactionPolicy) -> Failure? {
        do {
            _ = try policy.validated()
            return nil
        } catch {
            return error as? Failure
        }
    }

    @Test("what is new hides faces and plates, in all rows, as the models say")
    func usual() throws {
        let policy = try RedactionPolicy().validated()
        #expect(policy.hides(.face) && policy.hides(.plate) && !policy.hides("person"))
        #expect(policy.leavesVisible.isEmpty)
        #expect(policy.rows == SearchedRows(skyUntil: 0, bonnetFrom: 1))
        #expect(policy.face.threshold == nil && policy.plate.margin == nil)
    }

    @Test("nothing is hidden that the policy does not name, and nothing at all with the preset none")
    func subjects() throws {
        let policy = try RedactionPolicy(subjects: ["person", " plate", "person"]).validated()
        #expect(policy.subjects == ["plate", "person"])
        #expect(policy.hides("person") && policy.hides(.plate) && !policy.hides(.face))
        #expect(policy.leavesVisible == [.face])
        var off = policy
        off.preset = .none
        #expect(!off.hides("person") && off.leavesVisible == [.face, .plate])
    }

    @Test("a policy that makes no sense is refused in one sentence that names the rule")
    func refused() {
        let bad: [(RedactionPolicy, String)] = [
            (RedactionPolicy(face: .init(threshold: 0)), "threshold of faces"),
            (RedactionPolicy(plate: .init(threshold: 1)), "threshold of plates"),
            (RedactionPolicy(plate: .init(threshold: .nan)), "threshold of plates"),
            (RedactionPolicy(face: .init(margin: -0.1)), "margin around faces"),
            (RedactionPolicy(plate: .init(margin: 2.5)), "margin around plates"),
            (RedactionPolicy(rows: .init(skyUntil: -0.1)), "between 0 (top) and 1"),
            (RedactionPolicy(rows: .init(bonnetFrom: .infinity)), "between 0 (top) and 1"),
            (RedactionPolicy(rows: .init(skyUntil: 0.6, bonnetFrom: 0.5)), "At least a tenth"),
            (RedactionPolicy(rows: .init(skyUntil: 0.5, bonnetFrom: 0.55)), "At least a tenth"),
            (RedactionPolicy(subjects: ["face", ""]), "A subject is"),
            (RedactionPolicy(subjects: ["a,b"]), "A subject is"),
            (RedactionPolicy(subjects: [String(repeating: "x", count: 65)]), "A subject is"),
            (RedactionPolicy(subjects: ["mask"]), "always hidden"),
            (RedactionPolicy(subjects: ["region"]), "always hidden"),
            (RedactionPolicy(masks: [Polygon(x: 0.5, y: 0.5, width: 0.6, height: 0.1)]), "fractions from 0 to 1"),
            (RedactionPolicy(masks: [Polygon(x: -0.1, y: 0.5, width: 0.6, height: 0.1)]), "fractions from 0 to 1"),
            (
                RedactionPolicy(masks: (0..<33).map { Polygon(x: Double($0) / 50, y: 0, width: 0.1, height: 0.1) }),
                "at most 32"
            ),
            (RedactionPolicy(subjects: (0..<40).map { "class \($0)" }), "at most 32"),
        ]
        for (policy, words) in bad {
            let failure = refusal(policy)
            #expect(failure?.code == .unprocessable, "\(policy)")
            #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "taken") for \(words)")
            #expect(failure?.message.contains("\n") == false)
        }
        let edges = RedactionPolicy(
            face: .init(threshold: 0.05, margin: 0), plate: .init(threshold: 0.95, margin: 2),
            rows: .init(skyUntil: 0.4, bonnetFrom: 0.5))
        #expect(refusal(edges) == nil)
        let most = (0..<32).map { Polygon(x: Double($0) / 50, y: 0, width: 0.1, height: 0.1) }
        #expect(refusal(RedactionPolicy(masks: most)) == nil)
    }

    @Test("what an older version stored is read, the rest being as in a new policy")
    func older() throws {
        let decoder = JSONDecoder()
        let word = try decoder.decode(RedactionPolicy.self, from: Data(#"{"preset":"thorough"}"#.utf8))
        #expect(word == RedactionPolicy(preset: .thorough))
        let policy = RedactionPolicy(
            preset: .fast, subjects: ["face"], face: .init(threshold: 0.4), rows: .init(skyUntil: 0.2),
            masks: [Polygon(x: 0, y: 0.8, width: 1, height: 0.2)])
        #expect(try decoder.decode(RedactionPolicy.self, from: try JSONEncoder().encode(policy)) == policy)
    }

    @Test("a mask is written as points; twice the same is one, and the audit log tells which came and went")
    func masks() throws {
        let text = "0.0,0.8 1.0,0.8 0.5,1.0", mask = try Polygon(text: "0,0.8  1,0.8 0.5,1")
        #expect(mask.text == text)
        for bad in ["", "0,0 1,1", "0,0 1,1 0.5", "0,0 1,1 a,b", "0,0 1,1,1 0,1", "0,0 0.5,0.5 1,1"] {
            #expect(throws: Failure.self, "\(bad)") { try Polygon(text: bad) }
        }
        let before = RedactionPolicy(masks: [mask])
        let after = try RedactionPolicy(
            masks: [mask, mask, Polygon(x: 0, y: 0, width: 0.5, height: 0.25)]).validated()
        #expect(after.masks.count == 2)
        #expect(after.changes(from: before) == ["masks-added": "0.0,0.0 0.5,0.0 0.5,0.25 0.0,0.25"])
        #expect(RedactionPolicy().changes(from: before) == ["masks-removed": text])
    }

    @Test("each setting is read back as the text that set it, and a change is told as before and after")
    func settings() throws {
        let values: [PolicySetting: String] = [
            .preset: "fast", .subjects: "face,person", .faceThreshold: "0.45", .faceMargin: "0.5",
            .plateThreshold: "0.3", .plateMargin: "1.0", .skyUntil: "0.2", .bonnetFrom: "0.85",
        ]
        #expect(values.count == PolicySetting.allCases.count)
        var policy = RedactionPolicy()
        for (setting, text) in values {
            try setting.set(text, in: &policy)
            #expect(setting.text(of: policy) == text)
        }
        #expect(policy.face == .init(threshold: 0.45, margin: 0.5) && policy.plate == .init(threshold: 0.3, margin: 1))
        #expect(policy.rows == .init(skyUntil: 0.2, bonnetFrom: 0.85))
        var next = policy
        try PolicySetting.faceThreshold.set("model", in: &next)
        try PolicySetting.subjects.set("nothing", in: &next)
        #expect(next.face.threshold == nil && next.subjects.isEmpty)
        #expect(
            next.changes(from: policy) == ["face-threshold": "0.45 → model", "subjects": "face,person → nothing"])
        for text in ["", "many", "inf", "0,3"] {
            #expect(throws: Failure.self, "\(text)") { try PolicySetting.plateMargin.set(text, in: &next) }
        }
        #expect(throws: Failure.self) { try PolicySetting.preset.set("best", in: &next) }
    }
}
