import Catalogue
import CatalogueSQLite
import Foundation

/// The databases that the catalogue runs on; contract tests run on each.
package enum CatalogueEngines: String, CaseIterable, Sendable, CustomStringConvertible {
    case sqlite

    package var description: String { rawValue }

    /// The folder of this engine's migrations.
    package var migrations: String { PackageFolder.path("Migrations/\(rawValue)") }

    /// A migrated database without rows, made once in each test process: to apply every migration takes longer than most
    /// tests do.
    private static let empty: Task<Data, any Error> = Task {
        let folder = try TemporaryFolder()
        let path = folder.file("catalogue.sqlite")
        try await SQLiteEngine(path: path, migrations: CatalogueEngines.sqlite.migrations).close()
        return try withExtendedLifetime(folder) { try Data(contentsOf: URL(filePath: path)) }
    }

    /// A migrated database in `folder`, which stays as long as the engine.
    package func open(in folder: TemporaryFolder) async throws -> any SQLEngine {
        switch self {
        case .sqlite:
            let path = folder.file("catalogue.sqlite")
            try await Self.empty.value.write(to: URL(filePath: path))
            let engine = try await SQLiteEngine(path: path, migrations: migrations)
            return FolderEngine(engine: engine, folder: folder)
        }
    }
}
