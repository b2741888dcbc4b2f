import Catalogue
import CatalogueSQLite
import Foundation

/// The databases that the catalogue runs on; contract tests run on each.
package enum CatalogueEngines: String, CaseIterable, Sendable, CustomStringConvertible {
    case sqlite

    package var description: String { rawValue }

    /// The folder of this engine's migrations.
    package var migrations: String {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        return folder.appendingPathComponent("Migrations/\(rawValue)").path
    }

    /// A migrated database in `folder`, which stays as long as the engine.
    package func open(in folder: TemporaryFolder) async throws -> any SQLEngine {
        switch self {
        case .sqlite:
            let engine = try await SQLiteEngine(path: folder.file("catalogue.sqlite"), migrations: migrations)
            return FolderEngine(engine: engine, folder: folder)
        }
    }
}
