import Domain
import Testing
import Web

@Suite("Reading YAML")
struct YAMLReaderTests {
    /// A contract with the text under `x`, as the reader understands it.
    private func read(_ text: String) throws -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
        let contract = try Contract(yaml: "paths: {}\nx:\n" + lines.joined(separator: "\n"))
        guard case .object(let object) = contract.document else { return "" }
        return object["x"]?.text ?? ""
    }

    @Test(
        "blocks, brackets, quotes and texts mean what they mean in YAML",
        arguments: [
            ("a: 1\nb: two words", #"{"a":1,"b":"two words"}"#),
            ("- 1\n- -2.5\n- true\n- ~\n- 1.1.0\n- 'true'", #"[1,-2.5,true,null,"1.1.0","true"]"#),
            ("- a: 1\n  b:\n    - c\n- d: {}", #"[{"a":1,"b":["c"]},{"d":{}}]"#),
            ("a:\n- 1\n- 2", #"{"a":[1,2]}"#),
            ("a: { b: [1, 'x, y'], 'c d': { $ref: '#/e' } }", ##"{"a":{"b":[1,"x, y"],"c d":{"$ref":"#/e"}}}"##),
            ("a: 'it''s'\nb: \"say \\\"no\\\"\"", #"{"a":"it's","b":"say \"no\""}"#),
            (
                "# a remark\na: |\n  one\n\n  two: 2\nb: >-\n  three\n  four",
                #"{"a":"one\n\ntwo: 2\n","b":"three four"}"#
            ),
            ("a:\nb: http://example.org:80/x", #"{"a":null,"b":"http://example.org:80/x"}"#),
        ])
    func understood(text: String, json: String) throws { #expect(try read(text) == json) }

    @Test(
        "what it does not know is refused with the line",
        arguments: [
            "a: &anchor 1", "a: *anchor", "a: !tag 1", "a: [1,\n  2]", "a: 1\n   b: 2", "a: b: c", "a: 1\na: 2",
            "a: 'open", "only words", "a: {b: 1", "a: 1 # remark", "- - 1",
        ])
    func refused(text: String) throws {
        let failure = try #require(throws: Failure.self) { _ = try read(text) }
        #expect(failure.code == .invalid)
        #expect(failure.details["line"] != nil)
    }
}
