import Catalogue
import Domain
import NIOCore
import Storage

extension Intake {
    /// Takes a body that is the file itself, streamed to disk. A name that cannot be a picture's is refused unread.
    ///
    /// - Parameters:
    ///   - announcedLength: `Content-Length`; nil when the body is chunked.
    ///   - sha256: what the sender says the bytes are, in lower-case hexadecimal.
    /// - Throws: `Failure` `.invalid` (cut off, or other bytes than the sender says), `.noSpace`; nothing is kept then.
    package func receive<Body: AsyncSequence & Sendable>(
        file body: Body, as name: String, announcedLength: Int64?, sha256: String?, into set: UploadSet, viewer: Viewer
    ) async throws -> IntakeOutcome where Body.Element == ByteBuffer {
        if let refused = try await refuse(name, announcedLength, sha256, in: set) { return refused }
        var reception = Reception(
            name, staging: staging, maximumSize: maximumFileSize, expected: announcedLength ?? 0)
        do {
            for try await bytes in body {
                try await reception.take(bytes)
                if reception.isTooLarge { break }
            }
            if !reception.isTooLarge {
                try Self.check(reception, announcedLength, sha256)
                try await reception.finish()
            }
        } catch {
            await reception.discard()
            throw Self.interruption(error)
        }
        let size = reception.isTooLarge ? max(reception.size, announcedLength ?? 0) : reception.size
        return try await settle(
            Arrival(name: name, size: size, reception: reception, pictureID: nil), into: set, viewer: viewer)
    }

    private static func check(_ reception: Reception, _ announced: Int64?, _ sha256: String?) throws {
        if let announced, reception.size != announced {
            throw Failure(
                .invalid, "The upload was cut off after \(reception.size) of \(announced) bytes; send the file again.")
        }
        let digest = reception.digests.sha256
        guard sha256 == nil || sha256 == digest else {
            throw Failure(
                .invalid, "These bytes are not the ones that the digest is of; send the file again.",
                details: ["reason": "digest_mismatch", "sha256": digest])
        }
    }

    /// Records what can be refused by its name alone.
    private func refuse(_ name: String, _ size: Int64?, _ sha256: String?, in set: UploadSet) async throws
        -> IntakeOutcome?
    {
        guard let rejection = try await refusal(ofName: name, in: set) else { return nil }
        let file = UploadFile(
            uploadSetID: set.id, path: RelativePath.displayable(name), size: size ?? 0, sha256: sha256 ?? "", md5: "",
            rejection: rejection)
        try await catalogue.uploadSets.reject(file)
        return .refused(file)
    }

    /// Why the set takes no file of this name; nil when it may be a picture or the raw file of one.
    func refusal(ofName name: String, in set: UploadSet) async throws -> Rejection? {
        if let rejection = Self.refusal(ofName: name) { return rejection }
        guard RawFormat(name: name) != nil else { return nil }
        return RawFate.refusal(ofEvery: name, by: try await catalogue.originals.rule(of: set.labelID))
    }

    /// Why a file of this name is not taken anywhere.
    static func refusal(ofName name: String) -> Rejection? {
        do {
            return FileKind.rejection(of: try RelativePath(name).text)
        } catch {
            return error as? Rejection
        }
    }
}
