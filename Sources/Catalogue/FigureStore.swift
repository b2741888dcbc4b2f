import Domain
import Foundation

/// Counts over everything, whoever may see it: for administrators only.
package struct FigureStore: Sendable {
    let engine: any SQLEngine

    /// Days that growth is counted over.
    package static let spans = [1, 7, 30]

    package func instance(at moment: Date) async throws -> InstanceFigures {
        try await engine.read { connection in
            let statuses = try Self.statuses(connection)
            let visibilities = try Self.visibilities(connection)
            let pictures = statuses.values.reduce(0, +)
            let accounts = try connection.number("SELECT COUNT(*) FROM accounts WHERE erased_at IS NULL")
            let ready = try connection.number("SELECT COUNT(*) FROM sequence_figures WHERE audience = 0")
            return InstanceFigures(
                accounts: .init(total: Int(accounts), new: try Self.new("accounts", at: moment, connection)),
                pictures: .init(total: pictures, new: try Self.new("pictures", at: moment, connection)),
                picturesByStatus: statuses,
                sinceLastPicture: try Self.age(
                    "SELECT MAX(created_at) FROM pictures WHERE erased_at IS NULL", at: moment, connection),
                sequences: visibilities.values.reduce(0, +), sequencesReady: Int(ready),
                sequencesByVisibility: visibilities, jobs: try Self.jobs(connection),
                oldestDueJob: try Self.age(
                    "SELECT MIN(created_at) FROM jobs WHERE due_at <= \(moment) AND worker IS NULL", at: moment,
                    connection))
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

    /// Listed pictures are counted by sequences, which are few beside them.
    private static func statuses(_ connection: any SQLConnection) throws -> [PreparationStatus: Int] {
        let listed = try connection.number(
            "SELECT COALESCE(SUM(pictures), 0) FROM sequence_figures WHERE audience = 0")
        var counts: [PreparationStatus: Int] = [.prepared: Int(listed)]
        try connection.each(
            "SELECT status, COUNT(*) FROM pictures WHERE listed = 0 AND erased_at IS NULL GROUP BY status"
        ) { row in
            let status: PreparationStatus = try row.word()
            counts[status, default: 0] += row.int()
        }
        return counts
    }

    private static func visibilities(_ connection: any SQLConnection) throws -> [Visibility: Int] {
        var counts: [Visibility: Int] = [:]
        try connection.each("SELECT visibility, COUNT(*) FROM sequences WHERE is_away = 0 GROUP BY visibility") { row in
            let visibility: Visibility = try row.word()
            counts[visibility] = row.int()
        }
        return counts
    }

    private static func jobs(_ connection: any SQLConnection) throws -> [String: Int] {
        var counts = Dictionary(uniqueKeysWithValues: JobKind.allCases.map { ($0.rawValue, 0) })
        try connection.each("SELECT step, COUNT(*) FROM jobs GROUP BY step") { row in
            let step = row.text()
            counts[step] = row.int()
        }
        return counts
    }

    /// Seconds since the time that a statement gives; nil when it gives none.
    private static func age(
        _ statement: SQLStatement, at moment: Date, _ connection: any SQLConnection
    ) throws -> Double? {
        let found: Date?? = try connection.first(statement) { $0.optionalDate() }
        return found.flatMap { $0 }.map { max(0, moment.timeIntervalSince($0)) }
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
