import Delivery
import Domain
import Foundation
import Storage
import Synchronization

/// A destination in memory, that can be told to fail.
final class FakeDestination: Destination {
    struct State {
        var files: [String: Data] = [:]
        /// Every name that was put, in order, again and again.
        var puts: [String] = []
        var deletes: [String] = []
        /// Nothing works.
        var isDown = false
        /// What putting a name that holds such a text fails with.
        var refused: [String: Failure] = [:]
        /// Called before a file is there.
        var beforePut: (@Sendable (String) async throws -> Void)?
        /// It is there, and the answer is lost.
        var losesAnswers = false
    }

    let state = Mutex(State())

    static let gone = Failure(.unavailable, "It is gone.")

    func prepare() async throws { try await check() }

    func put(_ file: OutgoingFile) async throws {
        try await check()
        if let hook = state.withLock({ $0.beforePut }) { try await hook(file.name) }
        if let pace = file.pace { try await pace.pass(Int(file.size)) }
        guard let bytes = FileManager.default.contents(atPath: file.path) else {
            throw Failure(.internalError, "There is no file to send.")
        }
        try state.withLock { state in
            state.puts.append(file.name)
            if let failure = state.refused.first(where: { file.name.contains($0.key) })?.value { throw failure }
            state.files[file.name] = bytes
            if state.losesAnswers { throw Self.gone }
        }
    }

    func delete(_ name: String) async throws {
        try await check()
        state.withLock { state in
            state.deletes.append(name)
            state.files[name] = nil
        }
    }

    func list(after: String?, limit: Int) async throws -> [DeliveredEntry] {
        state.withLock { state in
            state.files.sorted { $0.key < $1.key }.filter { $0.key > after ?? "" }.prefix(limit)
                .map { DeliveredEntry(name: $0.key, size: Int64($0.value.count)) }
        }
    }

    func read(_ name: String, into path: String) async throws {
        guard let bytes = state.withLock({ $0.files[name] }) else { throw Failure.notFound("file") }
        try bytes.write(to: URL(fileURLWithPath: path))
    }

    func check() async throws { if state.withLock({ $0.isDown }) { throw Self.gone } }

    var names: [String] { state.withLock { $0.files.keys.sorted() } }
    var puts: [String] { state.withLock { $0.puts } }
    func text(_ name: String) -> String? {
        state.withLock { $0.files[name].map { String(decoding: $0, as: UTF8.self) } }
    }
    func set(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }
}
