import Catalogue
import Domain
import Foundation

/// Which lines of the audit log somebody asks for; the same words for the API and the page.
struct AuditRequest: Sendable {
    static let parameters: Set<String> = ["actor", "action", "subject", "from", "to", "before", "limit"]

    let filter: AuditFilter
    /// The number of the last line of the page before.
    let before: Int64?
    let limit: Int
    private let query: Query

    /// - Parameter names: of accounts, so that one may ask by name.
    /// - Throws: `.invalid` for a date that is none.
    init(_ query: Query, names: [String: AccountID]) throws {
        self.query = query
        limit = try query.integer("limit", default: 100, in: 1...1000)
        before = try query["before"].flatMap { $0.isEmpty ? nil : $0 }.map { text in
            guard let number = Int64(text) else { throw Failure(.invalid, "'before' is the number of a line.") }
            return number
        }
        func text(_ name: String) -> String? {
            let text = query[name]?.trimmingCharacters(in: .whitespaces) ?? ""
            return text.isEmpty ? nil : text
        }
        filter = AuditFilter(
            actor: text("actor").map { names[$0]?.string ?? $0 }, action: text("action"), subject: text("subject"),
            from: try text("from").map { try Self.moment($0, "from") },
            to: try text("to").map { try Self.moment($0, "to", isEnd: true) })
    }

    /// A day, or a moment of RFC 3339. A day as an end is included.
    private static func moment(_ text: String, _ name: String, isEnd: Bool = false) throws -> Date {
        if text.utf8.count == 10, let day = RFC3339.date("\(text)T00:00:00Z") {
            return isEnd ? day.addingTimeInterval(86_400) : day
        }
        guard let moment = RFC3339.date(text) else {
            throw Failure(.invalid, "'\(name)' is a date such as 2026-11-21, or a moment of RFC 3339.")
        }
        return moment
    }

    /// The same question from another line on.
    func query(before number: Int64) -> String {
        var parts = query.all.filter { $0.name != "before" && !$0.value.isEmpty }.map {
            "\($0.name)=\(URLText.encode($0.value))"
        }
        parts.append("before=\(number)")
        return parts.joined(separator: "&")
    }
}
