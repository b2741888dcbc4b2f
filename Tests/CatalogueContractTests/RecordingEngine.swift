import Catalogue
import Domain
import Foundation
import Synchronization

/// Passes everything on to a real engine, and keeps each query, so that its plan can be asked for.
final class RecordingEngine: SQLEngine {
    struct Query: Sendable {
        let sql: String
        let values: [SQLValue]
    }

    private let engine: any SQLEngine
    private let queries = Mutex<[Query]>([])

    init(_ engine: any SQLEngine) { self.engine = engine }

    private struct Connection: SQLConnection {
        let base: any SQLConnection
        let record: @Sendable (Query) -> Void

        func each(_ sql: String, _ values: [SQLValue], _ body: (any SQLRow) throws -> Void) throws {
            record(Query(sql: sql, values: values))
            try base.each(sql, values, body)
        }

        func execute(_ sql: String, _ values: [SQLValue]) throws -> Int { try base.execute(sql, values) }
    }

    private func record(_ query: Query) { queries.withLock { $0.append(query) } }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await engine.read { try body(Connection(base: $0, record: self.record)) }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await engine.write { try body(Connection(base: $0, record: self.record)) }
    }

    func dataVersion() async throws -> Int64 { try await engine.dataVersion() }

    /// The text of each query of the last `plans`.
    var statements: [String] { queries.withLock { $0.map(\.sql) } }

    /// The plan of each query that `body` makes, as SQLite tells it: one line a step.
    func plans(_ body: (Catalogue) async throws -> Void) async throws -> [String] {
        queries.withLock { $0 = [] }
        try await body(Catalogue(engine: self))
        let made = queries.withLock { $0 }
        return try await engine.read { connection in
            try made.map { query in
                var lines: [String] = []
                try connection.each("EXPLAIN QUERY PLAN " + query.sql, query.values) { lines.append($0.text(3)) }
                return lines.joined(separator: "\n")
            }
        }
    }
}
