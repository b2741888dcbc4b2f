import Domain
import GRDB

/// What SQLite's errors mean to the rest of the program.
enum SQLiteFailure {
    /// Runs `body`; whatever it throws comes out as a `Failure`.
    static func converting<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            throw failure(from: error)
        }
    }

    static func result<Value>(_ body: () throws -> Value) -> Result<Value, any Error> {
        Result { try converting(body) }
    }

    static func failure(from error: any Error) -> Failure {
        if let failure = error as? Failure { return failure }
        guard let error = error as? DatabaseError else {
            return Failure(.internalError, "The catalogue failed.", underlying: error)
        }
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY:
            return Failure(.conflict, "It is there already.", underlying: error)
        case .SQLITE_CONSTRAINT_FOREIGNKEY:
            return Failure(.conflict, "Something it belongs to does not exist, or still needs it.", underlying: error)
        default:
            return failure(fromPrimary: error)
        }
    }

    private static func failure(fromPrimary error: DatabaseError) -> Failure {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            Failure(.unavailable, "The catalogue is busy; try again in a moment.", underlying: error)
        case .SQLITE_INTERRUPT:
            Failure(
                .unavailable, "This takes too long. Ask for less at once: a smaller area or time.", underlying: error)
        case .SQLITE_FULL:
            Failure(.noSpace, "The disk of the catalogue is full.", underlying: error)
        case .SQLITE_CANTOPEN:
            Failure(.unavailable, "The database file cannot be opened.", underlying: error)
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            Failure(.unavailable, "The database file cannot be written.", underlying: error)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            Failure(.internalError, "The database file is damaged, or is not a database.", underlying: error)
        default:
            Failure(.internalError, "The catalogue failed.", underlying: error)
        }
    }
}
