import Domain

/// Tries again what may work a moment later.
enum Patience {
    private static let pauses: [Duration] = [.seconds(1), .seconds(4), .seconds(15)]

    static func of<Value>(_ work: () async throws -> Value) async throws -> Value {
        for pause in pauses {
            do {
                return try await work()
            } catch let failure as Failure where failure.code == .unavailable {
                try await Task.sleep(for: pause)
            }
        }
        return try await work()
    }
}
