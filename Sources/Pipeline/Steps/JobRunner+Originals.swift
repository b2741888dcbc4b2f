import Catalogue
import Domain
import Glibc
import Storage

extension JobRunner {
    /// Does with the received bytes what the label says at this moment; nil when nothing is to be left of them.
    ///
    /// Until the catalogue knows the outcome the staged file stays, and what an earlier attempt stored under another rule
    /// is taken away first.
    func keepOriginal(of picture: Picture, _ staged: String, in folder: String) async throws -> StoredOriginal? {
        let rule = try await catalogue.originals.rule(of: picture.labelID)
        try await deleteOriginal(of: picture.id)
        let received = Received(
            part: .original, picture: picture.id, staged: staged, size: picture.originalSize,
            sha256: picture.originalSHA256)
        return try await store(received, by: rule, in: folder)
    }

    func deleteOriginal(of id: PictureID) async throws { try await delete(.original, of: id) }

    /// The same for the raw file; beside a JPEG it is one that its label may not want.
    ///
    /// - Parameter staged: of the raw file.
    func fate(of treatment: PictureTreatment, _ staged: String, in folder: String) async throws -> RawFate {
        let id = treatment.picture.id
        guard let raw = treatment.raw?.file else {
            throw Failure(.internalError, "A picture without a raw file has none to keep.")
        }
        let rule = try await catalogue.originals.rule(of: treatment.picture.labelID)
        try await delete(.raw, of: id)
        if let rejection = RawFate.refusal(of: raw.name, by: rule), !treatment.isMadeFromRaw || rule.policy == .discard
        {
            return .discarded(rejection)
        }
        let path = staging.path(of: staged)
        guard try await BlockingWork.run({ access(path, F_OK) == 0 }) else {
            return .discarded(
                Rejection(.otherError, "The received file is not there any more; send it again."))
        }
        let received = Received(part: .raw, picture: id, staged: staged, size: raw.size, sha256: raw.sha256)
        guard let stored = try await store(received, by: rule, in: folder) else {
            throw Failure(.internalError, "Nothing is stored of a raw file that is to be kept.")
        }
        return .stored(stored)
    }

    /// A file as it was received.
    private struct Received {
        let part: OriginalPart
        let picture: PictureID
        let staged: String
        let size: Int64
        let sha256: String
    }

    private func delete(_ part: OriginalPart, of id: PictureID) async throws {
        for kind in StoredOriginal.Kind.allCases {
            try await store.delete(prefix: ObjectKey.stored(part, of: id, kind).path)
        }
    }

    private func store(_ file: Received, by rule: OriginalsRule, in folder: String) async throws -> StoredOriginal? {
        switch rule.policy {
        case .discard: nil
        case .keep: try await keep(file, rule)
        case .sealed: try await seal(file, rule, in: folder)
        }
    }

    private func keep(_ file: Received, _ rule: OriginalsRule) async throws -> StoredOriginal {
        try await store.put(.stored(file.part, of: file.picture, .kept), fileAt: staging.path(of: file.staged))
        let now = clock.now()
        return StoredOriginal(
            kind: .kept, keyID: nil, size: file.size, sha256: file.sha256, storedAt: now,
            expiresAt: rule.expiry(from: now))
    }

    private func seal(_ file: Received, _ rule: OriginalsRule, in folder: String) async throws -> StoredOriginal {
        guard let id = rule.keyID, let key = try await catalogue.sealingKeys.find(id) else {
            throw Failure(.unavailable, "The key to seal this picture's original to is missing.")
        }
        let sealer = OriginalSealer(key: try PublicSealingKey(key.publicKey))
        // A name that no child makes; the folder is private and goes with the request.
        let target = "\(folder)/.sealed-\(file.part.rawValue)"
        let source = staging.path(of: file.staged)
        let sealed = try await BlockingWork.run {
            try sealer.seal(source, as: file.part, of: file.picture, sha256: file.sha256, to: target)
        }
        try await store.put(.stored(file.part, of: file.picture, .sealed), fileAt: target)
        let now = clock.now()
        return StoredOriginal(
            kind: .sealed, keyID: key.id, size: sealed.size, sha256: sealed.sha256, storedAt: now,
            expiresAt: rule.expiry(from: now))
    }
}
