import Domain
import GRDB

/// What SQLite's errors mean here.
enum GeoPackageFailure {
    static func converting<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
            throw Failure(.noSpace, "The server's disk is full.", underlying: error)
        } catch {
            throw Failure(.internalError, "The GeoPackage could not be written.", underlying: error)
        }
    }
}
