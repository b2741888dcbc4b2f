import Domain
import Foundation

/// A folder of `.sql` files that build the database step by step.
struct MigrationFolder {
    struct Step {
        /// The file's name without `.sql`, e.g. `0001_initial`.
        let name: String
        let sql: String
    }

    let path: String

    /// The steps in the order of their names.
    func steps() throws -> [Step] {
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".sql") }
            guard !names.isEmpty else { throw Failure(.internalError, "There are no migrations in \(path).") }
            return try names.sorted().map { name in
                let text = try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
                return Step(name: String(name.dropLast(".sql".count)), sql: text)
            }
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.internalError, "The migrations in \(path) cannot be read.", underlying: error)
        }
    }
}
