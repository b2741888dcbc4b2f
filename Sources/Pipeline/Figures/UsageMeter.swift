import Domain
import Glibc
import Synchronization

/// Adds up what darkroom children take.
final class UsageMeter: Sendable {
    private let total = Mutex(DarkroomUsage())

    /// Since this run of the server began.
    var usage: DarkroomUsage { total.withLock { $0 } }

    /// After an answer.
    ///
    /// - Parameter before: seconds that the child had taken at its last answer.
    /// - Returns: seconds that it has taken now.
    func note(pid: Int32, before: Double) -> Double {
        let now = max(before, Self.processorTime(of: pid) ?? before)
        total.withLock { $0.seconds += now - before }
        return now
    }

    /// A picture was made.
    func countPicture() { total.withLock { $0.made += 1 } }

    /// Seconds of processor time, of all threads, from `/proc/PID/stat` (proc(5): fields 14 and 15); nil when the process is
    /// gone.
    static func processorTime(of pid: Int32) -> Double? {
        let descriptor = open("/proc/\(pid)/stat", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = read(descriptor, &bytes, bytes.count)
        // The second field is the program's name in brackets, which may hold anything.
        guard count > 0, let end = bytes.prefix(count).lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = bytes[bytes.index(after: end)..<count].split(separator: UInt8(ascii: " "))
        guard fields.count > 12, let user = Double(String(decoding: fields[11], as: UTF8.self)),
            let system = Double(String(decoding: fields[12], as: UTF8.self))
        else { return nil }
        return (user + system) / Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
    }
}
