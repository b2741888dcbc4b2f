import Catalogue
import Crypto
import Domain
import Foundation
import NIOCore
import Storage

/// Brings copies of pictures for hotlinks: from the store, or made once by the darkroom and then stored.
struct HotlinkCopies: Sendable {
    let services: WebServices

    /// A file of this size is no copy that a page could show. Bytes.
    private static let most = 32 << 20

    func copy(
        _ rendition: Rendition, of shown: HotlinkView.Shown, on label: CameraLabelID
    ) async throws -> HotlinkShelf.Copy {
        try await services.hotlinks.copy(rendition, of: shown, on: label) {
            let key = ObjectKey.hotlink(shown.id, revision: shown.revision, rendition)
            if let stored = try await read(key) { return stored }
            let file = try await services.makeRendition(rendition, shown.id, shown.revision)
            try await services.store.put(key, fileAt: file.path)
            // Hidden or made anew meanwhile: what was just stored lies where nobody would look for it.
            guard try await services.catalogue.pictures.existing([shown.id])[shown.id] == shown.revision else {
                try await services.store.delete(prefix: key.path)
                throw Failure.notFound("picture")
            }
            guard let stored = try await read(key) else { throw Failure.notFound("picture") }
            return stored
        }
    }

    private func read(_ key: ObjectKey) async throws -> HotlinkShelf.Copy? {
        do {
            let bytes = try await whole(services.store.read(key, range: nil))
            return .init(bytes: bytes, sha256: HexadecimalText.of(SHA256.hash(data: bytes.readableBytesView)))
        } catch let failure as Failure where failure.code == .notFound {
            return nil
        }
    }

    private func whole(_ bytes: ObjectBytes) async throws -> ByteBuffer {
        switch bytes {
        case .whole(let buffer): return buffer
        case .stream(let read):
            var all = ByteBuffer()
            try await read { chunk in
                guard all.readableBytes + chunk.readableBytes <= Self.most else {
                    throw Failure(.unavailable, "A stored copy of a picture is damaged.")
                }
                all.writeImmutableBuffer(chunk)
            }
            return all
        }
    }
}
