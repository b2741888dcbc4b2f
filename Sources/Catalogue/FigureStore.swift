import Domain
import Foundation

/// Counts over everything, whoever may see it: for administrators only.
package struct FigureStore: Sendable {
    let engine: any SQLEngine

    /// Days that growth is counted over.
    package static let spans = [1, 7, 30]

    package func instance(at moment: Date) async throws -> InstanceFigures {
        try await engine.read { connection in
            // Listed pictures are counted by sequences, which are few beside them.
            let listed = try connection.number(
                "SELECT COALESCE(SUM(pictures), 0) FROM sequence_figures WHERE audience = 0")
            var statuses: [PreparationStatus: Int] = [.prepared: Int(listed)]
            try connection.each(
                "SELECT status, COUNT(*) FROM pictures WHERE listed = 0 AND erased_at IS NULL GROUP BY status"
            ) { row in
                let status: PreparationStatus = try row.word()
                statuses[status, default: 0] += row.int()
            }
            let last = try connection.first("SELECT MAX(created_at) FROM pictures WHERE erased_at IS NULL") { $0.optionalDate() } ?? nil
            let due = try connection.first(
                "SELECT MIN(created_at) FROM jobs WHERE due_at <= \(moment) AND worker IS NULL"
            ) { $0.optionalDate() } ?? nil
            var visibilities: [Visibility: Int] = [:]
            try connection.each("SELECT visibility, COUNT(*) FROM sequences GROUP BY visibility") { row in
                let visibility: Visibility = try row.word()
                visibilities[visibility] = row.int()
            }
            var jobs = Dictionary(uniqueKeysWithValues: JobKind.allCases.map { ($0.rawValue, 0) })
            try connection.each("SELECT step, COUNT(*) FROM jobs GROUP BY step") { row in
                let step = row.text()
                jobs[step] = row.int()
            }
            let ready = try connection.number("SELECT COUNT(*) FROM sequence_figures WHERE audience = 0")
            return InstanceFigures(
                accounts: try Self.growth("accounts", at: moment, connection),
                pictures: .init(
                    total: statuses.values.reduce(0, +), new: try Self.new("pictures", at: moment, connection)),
                picturesByStatus: statuses, sinceLastPicture: last.map { max(0, moment.timeIntervalSince($0)) },
                sequences: visibilities.values.reduce(0, +), sequencesReady: Int(ready),
                sequencesByVisibility: visibilities, jobs: jobs,
                oldestDueJob: due.map { max(0, moment.timeIntervalSince($0)) })
        }
    }

    package func reports() async throws -> ReportFigures {
        try await engine.read { connection in
            var counts: [Report.Status: [Report.Issue: Int]] = [:]
            try connection.each("SELECT status, issue, COUNT(*) FROM reports GROUP BY status, issue") { row in
                let status: Report.Status = try row.word()
                let issue: Report.Issue = try row.word()
                counts[status, default: [:]][issue] = row.int()
            }
            return ReportFigures(counts: counts)
        }
    }

    private static func growth(
        _ table: StaticString, at moment: Date, _ connection: any SQLConnection
    ) throws -> InstanceFigures.Growth {
        let total = try connection.number("SELECT COUNT(*) FROM \(raw: table) WHERE erased_at IS NULL")
        return .init(total: Int(total), new: try new(table, at: moment, connection))
    }

    private static func new(
        _ table: StaticString, at moment: Date, _ connection: any SQLConnection
    ) throws -> [Int: Int] {
        var counts: [Int: Int] = [:]
        for days in spans {
            let start = moment.addingTimeInterval(-86_400 * Double(days))
            counts[days] = Int(
                try connection.number(
                    "SELECT COUNT(*) FROM \(raw: table) WHERE created_at > \(start) AND erased_at IS NULL"))
        }
        return counts
    }
}
