import Domain
import Foundation
import SiteAgent
import Testing

@Suite("When a picture is taken")
struct CaptureScheduleTests {
    private let paris = TimeZone(identifier: "Europe/Paris") ?? .gmt

    private func next(_ schedule: CaptureSchedule, _ count: Int, after text: String) throws -> [String] {
        var moment = try #require(RFC3339.date(text))
        return (0..<count).map { _ in
            moment = schedule.next(after: moment)
            return RFC3339.string(moment)
        }
    }

    @Test("from the window's start to its end, both included, by the clocks of the place; then the next day")
    func window() throws {
        let schedule = try CaptureSchedule(every: 6 * 3600, between: "06:00-18:00", zone: paris)
        #expect(
            try next(schedule, 4, after: "2026-06-01T00:00:00Z") == [
                "2026-06-01T04:00:00Z", "2026-06-01T10:00:00Z", "2026-06-01T16:00:00Z", "2026-06-02T04:00:00Z",
            ])
    }

    @Test("a window may go past midnight, and the whole day has no seam")
    func night() throws {
        let night = try CaptureSchedule(every: 3600, between: "22:30-00:45", zone: .gmt)
        #expect(
            try next(night, 4, after: "2026-06-01T23:00:00Z") == [
                "2026-06-01T23:30:00Z", "2026-06-02T00:30:00Z", "2026-06-02T22:30:00Z", "2026-06-02T23:30:00Z",
            ])
        let day = try CaptureSchedule(every: 12 * 3600, between: nil, zone: .gmt)
        #expect(
            try next(day, 3, after: "2026-06-01T00:00:00Z") == [
                "2026-06-01T12:00:00Z", "2026-06-02T00:00:00Z", "2026-06-02T12:00:00Z",
            ])
    }

    @Test("when the clocks are put forward, the window still begins at its time")
    func summerTime() throws {
        let schedule = try CaptureSchedule(every: 3600, between: "06:00-07:00", zone: paris)
        #expect(
            try next(schedule, 4, after: "2026-03-28T12:00:00Z") == [
                "2026-03-29T04:00:00Z", "2026-03-29T05:00:00Z", "2026-03-30T04:00:00Z", "2026-03-30T05:00:00Z",
            ])
    }

    @Test("moments that passed are counted")
    func passed() throws {
        let schedule = try CaptureSchedule(every: 60, between: nil, zone: .gmt)
        let start = try #require(RFC3339.date("2026-06-01T10:00:00Z"))
        #expect(schedule.count(after: start, before: start.addingTimeInterval(150)) == 2)
        #expect(schedule.count(after: start, before: start.addingTimeInterval(59)) == 0)
    }

    @Test(
        "what is no part of a day is refused",
        arguments: ["", "6-20", "06:00", "06:00-06:00", "25:00-26:00", "06:60-20:00"])
    func refused(_ window: String) {
        #expect(throws: Failure.self) { try CaptureSchedule(every: 60, between: window, zone: .gmt) }
    }
}
