import Domain
import Foundation

/// Whether a thing is still as an editor saw it, asked in the transaction that changes it.
enum Precondition {
    /// - Parameters:
    ///   - version: when it had changed last, as the editor saw it; nil for an editor who does not care.
    ///   - statement: gives when it changed last.
    /// - Throws: `.preconditionFailed`.
    static func check(_ version: Date?, _ statement: SQLStatement, _ connection: any SQLConnection) throws {
        guard let version else { return }
        let current = try connection.first(statement) { $0.date() }
        guard current == version else { throw failure }
    }

    static let failure = Failure(
        .preconditionFailed, "It has changed since you read it. Read it again before you change it.")
}
