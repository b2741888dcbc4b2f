import Catalogue
import Domain
import Foundation

/// Figures of the instance over some days; shared by the API and the dashboard.
struct InstanceReport: Sendable {
    /// What a day came to.
    struct Day: Sendable {
        let date: String
        let pictures: Int
        /// The longest that it was; nil when nobody looked.
        var queue: Int?
        /// Seconds of processor time for each picture that was made; nil without any.
        var secondsAPicture: Double?
        /// Bytes in the store at the end of the day.
        var pictureBytes: Int64?
        var originalBytes: Int64?
        var diskFree: Int64?
    }

    /// A label from which something has been expected for too long.
    struct SilentLabel: Sendable {
        let id: CameraLabelID
        let name: String
        let lastArrival: Date?
        /// Seconds.
        let rhythm: TimeInterval
    }

    let span: DaySpan
    let arrivals: [DailyCount]
    let days: [Day]
    /// At most `points`, by time.
    let samples: [InstanceSample]
    let silent: [SilentLabel]

    private static let points = 400

    init(of span: DaySpan, at moment: Date, _ catalogue: Catalogue) async throws {
        self.span = span
        arrivals = try await catalogue.figures.arrivals(span)
        let all = try await catalogue.samples.list(from: span.start, to: span.end)
        let within = all.filter { $0.at >= span.start }
        samples = InstanceSample.thinned(within, from: span.start, to: span.end, count: Self.points)
        days = Self.days(span, arrivals, all)
        silent = try await catalogue.labelWatches.watched(at: moment).compactMap { label in
            let isSilent = label.findings(at: moment).contains { $0.topic.kind == .labelSilent && $0.isTrouble == true }
            guard isSilent, let rhythm = label.watch.rhythm else { return nil }
            return SilentLabel(id: label.id, name: label.name, lastArrival: label.lastArrival, rhythm: rhythm)
        }
    }

    private static func days(_ span: DaySpan, _ arrivals: [DailyCount], _ samples: [InstanceSample]) -> [Day] {
        var days = span.names.enumerated().map { index, name in
            Day(date: name, pictures: arrivals.reduce(0) { $0 + $1.pictures[index] })
        }
        var taken = Array(repeating: DarkroomUsage(), count: span.days)
        var last: InstanceSample?
        for sample in samples {
            defer { last = sample }
            guard let day = span.day(of: sample.at) else { continue }
            days[day].queue = max(days[day].queue ?? 0, sample.jobs)
            days[day].pictureBytes = sample.pictureBytes
            days[day].originalBytes = sample.originalBytes
            days[day].diskFree = sample.diskFree
            taken[day].seconds += sample.darkroomSeconds - (last?.darkroomSeconds ?? 0)
            taken[day].made += sample.made - (last?.made ?? 0)
        }
        for (day, usage) in taken.enumerated() where usage.made > 0 {
            days[day].secondsAPicture = usage.seconds / Double(usage.made)
        }
        return days
    }
}
