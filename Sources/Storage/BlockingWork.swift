import NIOPosix

/// Work that waits for the disk, kept off the threads that Swift's tasks share.
package enum BlockingWork {
    /// Runs `work` on NIO's thread pool. It runs in a cancelled task too, so that cleaning up always happens.
    package static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            NIOThreadPool.singleton.submit { _ in continuation.resume(with: Result(catching: work)) }
        }
    }
}
