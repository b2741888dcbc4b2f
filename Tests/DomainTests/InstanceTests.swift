import Domain
import Foundation
import Testing

@Suite("Figures, colours and sites")
struct InstanceTests {
    @Test("a span is whole days of a clock, the last of them today")
    func span() throws {
        let moment = try #require(RFC3339.date("2026-11-22T23:30:00Z"))
        let utc = DaySpan(last: 3, upTo: moment)
        #expect(utc.names == ["2026-11-20", "2026-11-21", "2026-11-22"])
        #expect(utc.start == RFC3339.date("2026-11-20T00:00:00Z") && utc.end == RFC3339.date("2026-11-23T00:00:00Z"))
        // An hour ahead it is tomorrow already.
        let ahead = DaySpan(last: 2, upTo: moment, offset: 60)
        #expect(ahead.names == ["2026-11-22", "2026-11-23"])
        #expect(ahead.start == RFC3339.date("2026-11-21T23:00:00Z"))
        #expect(ahead.day(of: moment) == 1 && ahead.day(of: ahead.start) == 0 && ahead.day(of: ahead.end) == nil)
        #expect(DaySpan(last: 99_999, upTo: moment).days == DaySpan.longest && DaySpan(last: 0, upTo: moment).days == 1)
    }

    @Test("samples are put together by spans: the last of each, with its longest queue")
    func thinned() {
        let start = Date(timeIntervalSince1970: 0)
        let samples = (0..<100).map { index in
            InstanceSample(
                at: start.addingTimeInterval(Double(index)), jobs: index == 42 ? 1000 : 1, deliveries: 0,
                pictures: index,
                pictureBytes: 0, originalBytes: 0, diskFree: nil, diskSize: nil, darkroomSeconds: 0, made: 0)
        }
        let few = InstanceSample.thinned(samples, from: start, to: start.addingTimeInterval(100), count: 10)
        #expect(few.count == 10 && few.map(\.pictures) == (1...10).map { $0 * 10 - 1 })
        #expect(few.map(\.jobs) == [1, 1, 1, 1, 1000, 1, 1, 1, 1, 1])
        #expect(InstanceSample.thinned(samples, from: start, to: start.addingTimeInterval(100), count: 100) == samples)
    }

    @Test("a colour is one that white text can be read on", arguments: ["#0b6b70", "#7A1F5C", "#000000"])
    func colour(text: String) throws {
        let colour = try AccentColour(text)
        #expect(colour.text == text.lowercased())
        #expect(colour.mixed(-1).text == "#000000" && colour.mixed(1).text == "#ffffff")
        // Light enough for the dark paper.
        #expect(colour.onDark.text != colour.text)
        #expect(throws: Failure.self) { try AccentColour(colour.onDark.text) }
    }

    @Test(
        "what is no colour, or too pale, is refused with the reason",
        arguments: [
            ("teal", "bad_colour"), ("#fff", "bad_colour"), ("#12345g", "bad_colour"), ("#0b6b70;", "bad_colour"),
            ("", "bad_colour"), ("#ffee00", "pale_colour"), ("#8a8a8a", "pale_colour"),
        ])
    func badColour(text: String, reason: String) {
        let failure = #expect(throws: Failure.self) { try AccentColour(text) }
        #expect(failure?.details["reason"] == reason)
    }

    @Test("sites are read as people write them, each once")
    func sites() throws {
        let origins = try Embed.origins([
            "https://Example.org/page?x=1", "example.org", "http://10.0.0.7:8080", " ", "",
        ])
        #expect(origins == ["https://example.org", "http://10.0.0.7:8080"])
    }

    @Test(
        "what is no site, none, or too many are refused",
        arguments: [
            [], [""], ["*"], ["https://*.example.org"], ["javascript:alert(1)"], ["https://a;b"], ["https://a b"],
            ["https://user:word@example.org"], ["'self'"], (0...10).map { "https://s\($0).example" },
        ])
    func badSites(texts: [String]) {
        let failure = #expect(throws: Failure.self) { try Embed.origins(texts) }
        #expect(failure?.code == .unprocessable)
    }

    @Test("settings of the instance keep to their bounds")
    func settings() throws {
        let known = ["en", "fr"]
        try InstanceSettings(name: "Roads", accent: "#0b6b70", languages: ["fr"], terms: ["fr": "Oui."]).check(
            known: known)
        for bad in [
            InstanceSettings(name: ""), InstanceSettings(name: String(repeating: "n", count: 61)),
            InstanceSettings(name: "a\nb"), InstanceSettings(accent: "red"), InstanceSettings(languages: ["de"]),
            InstanceSettings(languages: ["en", "en"]), InstanceSettings(terms: ["de": "Nein."]),
            InstanceSettings(terms: ["en": String(repeating: "t", count: 50_001)]),
        ] {
            #expect(throws: Failure.self) { try bad.check(known: known) }
        }
    }
}
