import Domain
import NIOCore
import Storage

extension Intake {
    /// Takes the file that a picture was made from once more, streamed to the staging folder; it must be the very bytes.
    ///
    /// The file goes again unless its `keep()` is called, once the catalogue knows it.
    ///
    /// - Parameter announcedLength: `Content-Length`; nil when the body is chunked.
    /// - Throws: `Failure` `.unprocessable` (another file), `.tooLarge`, `.invalid` (cut off), `.noSpace`.
    package func receive<Body: AsyncSequence & Sendable>(
        originalOf picture: Picture, _ body: Body, announcedLength: Int64?
    ) async throws -> StagedFile where Body.Element == ByteBuffer {
        var reception = Reception(
            picture.originalName, staging: staging, maximumSize: maximumFileSize, expected: announcedLength ?? 0)
        do {
            for try await bytes in body {
                try await reception.take(bytes)
                if reception.isTooLarge { break }
            }
            if !reception.isTooLarge { try await reception.finish() }
        } catch {
            await reception.discard()
            throw Self.interruption(error)
        }
        guard !reception.isTooLarge else {
            throw Failure(.tooLarge, Reception.tooLarge(maximumFileSize).message)
        }
        guard let file = reception.file, reception.digests.sha256 == picture.originalSHA256 else {
            await reception.discard()
            throw Failure(
                .unprocessable,
                "This is not the file that the picture was made from: send \(picture.originalName), unchanged.",
                details: ["reason": "not_the_original", "sha256": picture.originalSHA256])
        }
        return file
    }
}
