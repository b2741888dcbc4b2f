import Catalogue
import Domain
import NIOCore
import Storage

/// Where the unredacted bytes of a prepared picture can be had from, for work that needs them (to show again what was
/// hidden by mistake).
package struct OriginalSource: Sendable {
    private let catalogue: Catalogue
    private let store: any ObjectStore

    package init(catalogue: Catalogue, store: any ObjectStore) {
        self.catalogue = catalogue
        self.store = store
    }

    package enum Answer: Hashable, Sendable {
        /// Written to the file that was asked for.
        case copied
        /// Only the holder of this key (its id) has them.
        case sealed(keyID: String)
        /// They are gone.
        case discarded
    }

    /// Writes the original to `path` (0600), which must not be there yet, in a private folder that the caller removes.
    ///
    /// Of a picture that is made from its raw file this is that.
    package func copy(_ id: PictureID, to path: String) async throws -> Answer {
        guard let original = try await find(id) else { return .discarded }
        if let key = original.stored.keyID { return .sealed(keyID: key) }
        try await store.copy(.stored(original.part, of: id, .kept), toFileAt: path)
        return .copied
    }

    private func find(_ id: PictureID) async throws -> OriginalFile? {
        if let original = try await catalogue.originals.find(id, viewer: .system) { return original }
        guard try await catalogue.pictures.treatment(id)?.isMadeFromRaw == true else { return nil }
        return try await catalogue.originals.find(id, .raw, viewer: .system)
    }
}
