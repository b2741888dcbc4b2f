import Catalogue
import Domain
import Foundation
import Synchronization

/// A fresh catalogue in a database of its own, with short ways to fill it.
///
/// Pictures go through the same transitions as in the server: admitted, inspected, developed, dispatched.
package final class TestCatalogue: Sendable {
    package let folder: TemporaryFolder
    package let catalogue: Catalogue
    /// What `process()` says the darkroom read in each picture.
    let tags = Mutex<[PictureID: PictureTags]>([:])

    package init(_ engine: CatalogueEngines = .sqlite) async throws {
        folder = try TemporaryFolder()
        catalogue = Catalogue(engine: try await engine.open(in: folder))
    }

    /// A moment all tests can count from: 2026-06-01T10:00:00Z.
    package static let epoch = Date(timeIntervalSince1970: 1_780_308_000)
}
