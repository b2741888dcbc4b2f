import Synchronization

/// Turns `$1` into SQLite's `?1`, so that values go by number and not by order of appearance; each text once.
///
/// A connection keeps what it has prepared for ever. Filters and lists of varying length make new texts without end, so that
/// all are forgotten when they have become many, and each connection is told to begin anew.
final class StatementTexts: Sendable {
    private struct State {
        var known: [String: String] = [:]
        /// How often everything was forgotten.
        var age = 0
        /// At what age each connection began its last transaction.
        var ages: [ObjectIdentifier: Int] = [:]
    }

    private let state = Mutex(State())
    /// Texts; what is asked all the time are about half as many.
    private static let capacity = 500
    /// Bytes of what is worth to be kept; longer are filters that hardly come twice.
    static let longest = 8 << 10

    func translate(_ sql: String) -> String {
        state.withLock { state in
            if let text = state.known[sql] { return text }
            if state.known.count >= Self.capacity {
                state.known.removeAll(keepingCapacity: true)
                state.age += 1
            }
            let text = Self.rewrite(sql)
            state.known[sql] = text
            return text
        }
    }

    /// Whether a connection, at the begin of a transaction, holds statements that were forgotten since its last.
    func isOutdated(_ connection: AnyObject) -> Bool {
        state.withLock { state in
            let last = state.ages.updateValue(state.age, forKey: ObjectIdentifier(connection))
            return last != nil && last != state.age
        }
    }

    /// Dollar signs before a digit become question marks, except inside quoted text.
    static func rewrite(_ sql: String) -> String {
        var bytes = Array(sql.utf8)
        var isQuoted = false
        for index in bytes.indices {
            if bytes[index] == UInt8(ascii: "'") { isQuoted.toggle() }
            guard !isQuoted, bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count,
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index + 1])
            else { continue }
            bytes[index] = UInt8(ascii: "?")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
