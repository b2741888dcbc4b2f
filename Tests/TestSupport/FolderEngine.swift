import Catalogue

/// An engine together with the folder it lives in, so that the folder does not go before it.
struct FolderEngine: SQLEngine {
    let engine: any SQLEngine
    let folder: TemporaryFolder

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await engine.read(body)
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await engine.write(body)
    }

    func dataVersion() async throws -> Int64 { try await engine.dataVersion() }

    func tidy() async throws { try await engine.tidy() }
}
