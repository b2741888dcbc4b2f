/// A database that runs closures in transactions. Adapters throw `Failure` only.
package protocol SQLEngine: Sendable {
    /// A read-only transaction: one consistent picture of the database.
    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value
    /// A write transaction, serial with all others; durable when this returns.
    @discardableResult
    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value
    /// Counts up whenever anybody, this process or another, has committed.
    func dataVersion() async throws -> Int64
    /// Removes from the engine's files what is in the database no more, such as the pages of a finished log.
    func tidy() async throws
}

extension SQLEngine {
    package func tidy() async throws {}
}
