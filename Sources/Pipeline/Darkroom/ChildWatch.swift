import Glibc
import Synchronization

/// Looks after one child from beside: kills it when a request takes too long, when it takes too much memory, or when
/// nobody has wanted it for a while.
package final class ChildWatch: Sendable {
    private struct State {
        /// While it works.
        var deadline: ContinuousClock.Instant?
        /// While it waits.
        var idleUntil: ContinuousClock.Instant
        var isRetired = false
        var verdict: DarkroomFault?
    }

    private let state: Mutex<State>
    private let settings: DarkroomSettings

    init(_ settings: DarkroomSettings) {
        self.settings = settings
        state = Mutex(State(idleUntil: .now + settings.idleLimit))
    }

    /// Why the child was killed, if this killed it.
    var verdict: DarkroomFault? { state.withLock { $0.verdict } }

    /// Before a request; false when the child was sent away just now, for having had none.
    func begin(limit: Duration) -> Bool {
        state.withLock { state in
            guard !state.isRetired else { return false }
            state.deadline = .now + limit
            return true
        }
    }

    func end() {
        state.withLock { state in
            state.deadline = nil
            state.idleUntil = .now + settings.idleLimit
        }
    }

    /// Watches until the task is cancelled, or `kill` was called for a reason.
    func run(pid: Int32, kill: @Sendable () -> Void) async {
        while (try? await Task.sleep(for: settings.watchInterval)) != nil {
            let memory = Self.residentMemory(of: pid) ?? 0
            if state.withLock({ judge(&$0, memory: memory) }) { return kill() }
        }
    }

    /// Whether the child is to be killed; notes why.
    private func judge(_ state: inout State, memory: Int64) -> Bool {
        if let deadline = state.deadline {
            if deadline < .now { state.verdict = .hung }
            if memory > settings.hardMemoryLimit { state.verdict = .tooMuchMemory }
            return state.verdict != nil
        }
        state.isRetired = state.idleUntil < .now || memory > settings.hardMemoryLimit
        return state.isRetired
    }

    /// Bytes of resident memory, from `/proc/PID/statm`; nil when the process is gone.
    package static func residentMemory(of pid: Int32) -> Int64? {
        let descriptor = open("/proc/\(pid)/statm", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return nil }
        let fields = bytes.prefix(count).split(separator: UInt8(ascii: " "))
        guard fields.count > 1, let pages = Int64(String(decoding: fields[1], as: UTF8.self)) else { return nil }
        return pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
    }
}
