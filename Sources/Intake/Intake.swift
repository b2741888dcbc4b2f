import Catalogue
import Domain
import NIOCore
import Storage

/// Takes bytes safely, once.
///
/// A file is acknowledged when its bytes, its name in the staging folder and its rows in the catalogue are durable.
/// What is refused, already there or interrupted leaves nothing on disk.
package struct Intake: Sendable {
    package let catalogue: Catalogue
    /// Where received bytes wait for the darkroom.
    package let staging: StagingFolder
    /// Bytes; a larger file is refused.
    package let maximumFileSize: Int64
    /// For what is received in parts.
    package let partialRules: PartialUploadRules

    package init(
        catalogue: Catalogue, staging: StagingFolder, maximumFileSize: Int64,
        partialRules: PartialUploadRules = PartialUploadRules()
    ) {
        self.catalogue = catalogue
        self.staging = staging
        self.maximumFileSize = maximumFileSize
        self.partialRules = partialRules
    }

    package init(
        catalogue: Catalogue, stagingFolder: String, maximumFileSize: Int64,
        partialRules: PartialUploadRules = PartialUploadRules()
    ) throws {
        self.init(
            catalogue: catalogue, staging: try StagingFolder(path: stagingFolder), maximumFileSize: maximumFileSize,
            partialRules: partialRules)
    }

    /// Takes a `multipart/form-data` body with one file, in a part named `file` or `picture`, streamed to disk.
    ///
    /// - Parameters:
    ///   - isPlaced: the form says at which position of its sequence the picture belongs.
    ///   - boundary: from the content type, RFC 2046 §5.1.1.
    ///   - announcedLength: `Content-Length`; a body that is shorter or longer is a failed upload.
    /// - Throws: `Failure` `.invalid` (malformed or cut off, no file), `.unprocessable` (a field that cannot be
    ///   honoured), `.conflict` (a chosen id that exists), `.noSpace`.
    package func receive<Body: AsyncSequence & Sendable>(
        multipart body: Body, boundary: String, announcedLength: Int64?, into set: UploadSet, viewer: Viewer,
        isPlaced: Bool = false
    ) async throws -> IntakeOutcome where Body.Element == ByteBuffer {
        var place: SequencePlace?
        var upload = try MultipartUpload(
            boundary: boundary, announced: announcedLength, staging: staging, maximumSize: maximumFileSize)
        do {
            var isWhole = true
            for try await bytes in body {
                isWhole = try await upload.take(bytes)
                if !isWhole { break }
            }
            if isWhole { try await upload.finish() }
            if isPlaced { place = try await self.place(of: upload, in: set) }
        } catch {
            await upload.discard()
            throw Self.interruption(error)
        }
        guard let file = upload.file else { throw Failure(.invalid, "The form has no file.") }
        let name = place?.path(of: upload.filename) ?? upload.form.path ?? upload.filename
        let id = place?.pictureID ?? upload.form.pictureID
        return try await settle(
            Arrival(name: name, size: upload.fileSize, reception: file, pictureID: id),
            into: set, viewer: viewer)
    }

    /// Takes a local file (for `wayside import`); the file itself is left alone. A symbolic link is not followed.
    package func receive(fileAt path: String, as name: String, into set: UploadSet, viewer: Viewer) async throws
        -> IntakeOutcome
    {
        let source = try await BlockingWork.run { try OpenFile(path) }
        var reception = Reception(
            name, staging: staging, maximumSize: maximumFileSize, expected: source.size,
            rejection: FileKind.rejection(of: name))
        if source.size > maximumFileSize { await reception.refuse(Reception.tooLarge(maximumFileSize)) }
        do {
            for start in stride(from: 0, to: source.size, by: Self.readSize) where !reception.isTooLarge {
                let count = min(Self.readSize, Int(source.size - start))
                try await reception.take(try await BlockingWork.run { try source.read(at: start, count: count) })
            }
            if !reception.isTooLarge { try await reception.finish() }
        } catch {
            await reception.discard()
            throw error
        }
        return try await settle(
            Arrival(name: name, size: source.size, reception: reception, pictureID: nil), into: set, viewer: viewer)
    }

    /// Throws `.conflict` when another picture is there.
    private func place(of upload: MultipartUpload, in set: UploadSet) async throws -> SequencePlace {
        let place = try SequencePlace(upload.form)
        let sha256 = upload.file?.digests.sha256 ?? ""
        guard try await !catalogue.uploadSets.hasFile(set.id, in: place.folder, otherThan: sha256, as: upload.filename)
        else {
            throw Failure(
                .conflict, "There is another picture at position \(place.position) of this collection.",
                details: ["reason": "position_taken"])
        }
        return place
    }

    static let readSize = 128 * 1024

    /// A body that breaks off throws whatever its transport throws: to the sender it is one thing.
    static func interruption(_ error: any Error) -> any Error {
        if error is Failure || error is CancellationError { return error }
        return Failure(.invalid, "The upload was cut off; send the file again.", underlying: error)
    }
}
