import Crypto
import Domain
import Foundation
import NIOCore
import Storage

/// One file on its way in: counted and hashed as it comes, written to the staging folder in large pieces, or only
/// counted and hashed once it is clear that it will be refused.
struct Reception {
    private let staging: StagingFolder
    private let maximumSize: Int64
    /// Bytes that were announced for the whole upload, to see early that the disk has no room.
    private let expected: Int64
    private var sha256 = SHA256()
    private var md5 = Insecure.MD5()
    private var pending = ByteBuffer()
    private var hasCheckedStart = false
    /// By its name a raw file.
    private let isRaw: Bool

    private(set) var size: Int64 = 0
    private(set) var rejection: Rejection?
    private(set) var file: StagedFile?

    /// The bytes are in `file` already: they are only looked at.
    private let isOnDisk: Bool

    private static let pieceSize = 256 * 1024

    init(
        _ name: String, staging: StagingFolder, maximumSize: Int64, expected: Int64, rejection: Rejection? = nil
    ) {
        isRaw = RawFormat(name: name) != nil
        self.staging = staging
        self.maximumSize = maximumSize
        self.expected = expected
        self.rejection = rejection
        isOnDisk = false
    }

    /// For a file whose bytes are on disk, all of them durably.
    init(_ name: String, reading file: StagedFile, staging: StagingFolder, maximumSize: Int64) {
        isRaw = RawFormat(name: name) != nil
        self.staging = staging
        self.maximumSize = maximumSize
        expected = 0
        self.file = file
        isOnDisk = true
    }

    /// Over the limit: the rest need not be read.
    var isTooLarge: Bool { size > maximumSize }

    mutating func take(_ bytes: ByteBuffer) async throws {
        size += Int64(bytes.readableBytes)
        guard !isTooLarge else {
            await refuse(Self.tooLarge(maximumSize))
            return
        }
        bytes.withUnsafeReadableBytes {
            sha256.update(bufferPointer: $0)
            md5.update(bufferPointer: $0)
        }
        guard rejection == nil else { return }
        pending.writeImmutableBuffer(bytes)
        if !hasCheckedStart, pending.readableBytes >= RawFormat.startLength { await checkStart() }
        if pending.readableBytes >= Self.pieceSize { try await flush() }
    }

    /// Writes the rest and makes it durable; unless it is refused, `file` is there afterwards.
    mutating func finish() async throws {
        if size == 0, rejection == nil {
            rejection = Self.empty
        }
        if !hasCheckedStart { await checkStart() }
        guard rejection == nil else { return }
        try await flush(last: true)
    }

    /// Lower-case hexadecimal; empty when not all of the file was read.
    var digests: (sha256: String, md5: String) {
        isTooLarge ? ("", "") : (HexadecimalText.of(sha256.finalize()), HexadecimalText.of(md5.finalize()))
    }

    mutating func discard() async {
        pending.clear()
        guard let file else { return }
        self.file = nil
        try? await BlockingWork.run { file.discard() }
    }

    mutating func refuse(_ reason: Rejection) async {
        rejection = rejection ?? reason
        await discard()
    }

    private mutating func checkStart() async {
        hasCheckedStart = true
        let length = min(pending.readableBytes, RawFormat.startLength)
        let start = pending.getBytes(at: pending.readerIndex, length: length) ?? []
        guard rejection == nil, let wrong = FileKind.rejection(ofStart: start, isRaw: isRaw) else { return }
        await refuse(wrong)
    }

    private mutating func flush(last: Bool = false) async throws {
        let piece = pending
        pending = ByteBuffer()
        if isOnDisk { return }
        file = try await BlockingWork.run { [file, staging, expected] in
            let file = try file ?? staging.create(expecting: expected)
            try file.write(piece)
            if last { try file.synchronise() }
            return file
        }
    }

    static let empty = Rejection(.invalidFile, "The file is empty (0 bytes).", details: ["cause": "empty"])

    static func tooLarge(_ maximum: Int64) -> Rejection {
        let megabytes = max(1, maximum / 1_000_000)
        return Rejection(
            .invalidFile, "The file is larger than \(megabytes) MB, the most that is taken.",
            details: ["cause": "too_large"])
    }
}
