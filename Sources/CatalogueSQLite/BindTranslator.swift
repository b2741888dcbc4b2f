import Synchronization

/// Turns `$1` into SQLite's `?1`, so that values go by number and not by order of appearance; each text once.
final class BindTranslator: Sendable {
    private let known = Mutex<[String: String]>([:])
    /// Statements with lists of varying length make new texts; enough is enough.
    private static let capacity = 2000

    func translate(_ sql: String) -> String {
        known.withLock { known in
            if let text = known[sql] { return text }
            if known.count >= Self.capacity { known.removeAll(keepingCapacity: true) }
            let text = Self.rewrite(sql)
            known[sql] = text
            return text
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
