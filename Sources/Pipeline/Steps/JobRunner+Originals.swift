import Catalogue
import Domain
import Storage

extension JobRunner {
    /// Does with the received bytes what the label says at this moment; nil when nothing is to be left of them.
    ///
    /// Until the catalogue knows the outcome the staged file stays, and what an earlier attempt stored under another rule
    /// is taken away first.
    func keepOriginal(of picture: Picture, _ staged: String, in folder: String) async throws -> StoredOriginal? {
        let rule = try await catalogue.originals.rule(of: picture.labelID)
        try await store.delete(prefix: ObjectKey.originalPrefix(of: picture.id))
        switch rule.policy {
        case .discard: return nil
        case .keep: return try await keep(picture, staged, rule)
        case .sealed: return try await seal(picture, staged, rule, in: folder)
        }
    }

    private func keep(_ picture: Picture, _ staged: String, _ rule: OriginalsRule) async throws -> StoredOriginal {
        try await store.put(.original(picture.id, .kept), fileAt: staging.path(of: staged))
        let now = clock.now()
        return StoredOriginal(
            kind: .kept, keyID: nil, size: picture.originalSize, sha256: picture.originalSHA256, storedAt: now,
            expiresAt: rule.expiry(from: now))
    }

    private func seal(_ picture: Picture, _ staged: String, _ rule: OriginalsRule, in folder: String) async throws
        -> StoredOriginal
    {
        guard let id = rule.keyID, let key = try await catalogue.sealingKeys.find(id) else {
            throw Failure(.unavailable, "The key to seal this picture's original to is missing.")
        }
        let sealer = OriginalSealer(key: try PublicSealingKey(key.publicKey))
        // A name that no child makes; the folder is private and goes with the request.
        let target = "\(folder)/.sealed"
        let source = staging.path(of: staged)
        let sealed = try await BlockingWork.run {
            try sealer.seal(source, of: picture.id, sha256: picture.originalSHA256, to: target)
        }
        try await store.put(.original(picture.id, .sealed), fileAt: target)
        let now = clock.now()
        return StoredOriginal(
            kind: .sealed, keyID: key.id, size: sealed.size, sha256: sealed.sha256, storedAt: now,
            expiresAt: rule.expiry(from: now))
    }
}
