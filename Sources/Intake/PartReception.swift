import Catalogue
import Domain
import Foundation
import NIOCore
import Storage

/// One part of a file on its way in: written behind what is there, and counted in the catalogue only once it is on disk
/// for certain.
struct PartReception {
    private let file: StagedFile
    private let store: PartialUploadStore
    private let upload: PartialUpload
    private let lifetime: TimeInterval
    private var checksum: PartChecksum?
    private var pending = ByteBuffer()
    /// Written, whether durable or not.
    private var position: Int64
    /// On disk for certain, and known to be.
    private(set) var durable: Int64

    private static let pieceSize = 256 * 1024
    /// Bytes that a killed server may lose of a part that is being sent.
    private static let checkpoint: Int64 = 4 << 20

    init(
        of upload: PartialUpload, into file: StagedFile, store: PartialUploadStore, lifetime: TimeInterval,
        checksum: PartChecksum?
    ) {
        self.upload = upload
        self.file = file
        self.store = store
        self.lifetime = lifetime
        self.checksum = checksum
        position = upload.received
        durable = upload.received
    }

    /// Bytes of this part so far.
    var size: Int64 { position + Int64(pending.readableBytes) - upload.received }

    /// Throws `.tooLarge` for more than the file was said to have.
    mutating func take(_ bytes: ByteBuffer) async throws {
        guard upload.received + size + Int64(bytes.readableBytes) <= upload.length else {
            throw Failure(
                .tooLarge, "This is more than the \(upload.length) bytes that the file was said to have.",
                details: ["reason": "longer_than_announced"])
        }
        checksum?.update(bytes)
        pending.writeImmutableBuffer(bytes)
        if pending.readableBytes >= Self.pieceSize { try await write() }
        // What has a checksum counts as a whole or not at all.
        if checksum == nil, position - durable >= Self.checkpoint { try await keep() }
    }

    /// The part is over: all of it counts. Throws `.checksumMismatch`, and then none of it does.
    mutating func finish() async throws {
        try checksum?.check()
        try await keep()
    }

    /// The connection has broken: what came counts, unless it has a checksum.
    mutating func breakOff() async throws {
        if checksum == nil { try await keep() }
    }

    private mutating func write() async throws {
        let piece = pending
        pending = ByteBuffer()
        try await BlockingWork.run { [file] in try file.write(piece) }
        position += Int64(piece.readableBytes)
    }

    /// The catalogue hears of the bytes after they are on disk, never before.
    private mutating func keep() async throws {
        try await write()
        guard position > durable else { return }
        try await BlockingWork.run { [file] in try file.synchronise() }
        try await store.advance(upload.id, to: position, until: Date.now.addingTimeInterval(lifetime))
        durable = position
    }
}
