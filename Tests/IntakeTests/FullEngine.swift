import Catalogue
import Domain
import Synchronization

/// A database whose disk is full for one of its writes.
final class FullEngine: SQLEngine {
    private let engine: any SQLEngine
    private let refused: Int
    private let writes = Mutex(0)

    /// - Parameter refusing: which write, from 0.
    init(engine: any SQLEngine, refusing refused: Int) {
        self.engine = engine
        self.refused = refused
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await engine.read(body)
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        let number = writes.withLock { count in
            defer { count += 1 }
            return count
        }
        guard number != refused else { throw Failure(.noSpace, "The disk of the catalogue is full.") }
        return try await engine.write(body)
    }

    func dataVersion() async throws -> Int64 { try await engine.dataVersion() }
}
