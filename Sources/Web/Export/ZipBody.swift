import CZlib
import Catalogue
import Domain
import Foundation
import HummingbirdCore
import NIOCore
import Storage

/// Redacted pictures as a ZIP, in a folder for each sequence or each class, and `pictures.geojson` that says what each of
/// them is.
///
/// Each file is read twice, for its sum and for its bytes, so that no picture is ever held in memory.
struct ZipBody: Sendable {
    let services: WebServices
    let size: Derivative.Kind
    let baseURL: String
    /// Nil: a folder for each sequence.
    var folders: ClassFolders?

    private static let documentName = "pictures.geojson"
    private static let chunk = 128 * 1024

    @concurrent func write(_ cursor: ExportCursor, to writer: inout any ResponseBodyWriter) async throws {
        var (cursor, layout) = (cursor, ZipLayout())
        var document = try await ZipDocument(in: services.scratch, baseURL: baseURL)
        while let entries = try await cursor.next() {
            for entry in entries {
                let names = folders.map { $0.names(entry) } ?? [Self.name(entry)]
                guard let first = names.first, let file = try await file(of: entry.item) else { continue }
                for name in names {
                    let header = layout.add(name, size: file.size, sum: file.sum, modified: Self.time(entry))
                    try await writer.write(ByteBuffer(bytes: header))
                    try await file.bytes.each { @concurrent chunk in try await writer.write(chunk) }
                }
                try await document.add(entry.item, file: first)
            }
        }
        try await document.finish()
        let header = layout.add(Self.documentName, size: document.size, sum: document.sum, modified: .now)
        try await writer.write(ByteBuffer(bytes: header))
        let text = document.file
        for start in stride(from: 0, to: document.size, by: Self.chunk) {
            try await writer.write(try await BlockingWork.run { try text.read(at: start, count: Self.chunk) })
        }
        try await layout.end { @concurrent bytes in try await writer.write(ByteBuffer(bytes: bytes)) }
        try await writer.finish(nil)
    }

    private struct File {
        let bytes: ObjectBytes
        let size: Int64
        let sum: UInt32
    }

    /// The picture's file, opened; nil when it has gone since the picture was read.
    private func file(of item: PictureItem) async throws -> File? {
        let picture = item.picture
        guard picture.derivatives.contains(where: { $0.kind == size }) else { return nil }
        do {
            let key = ObjectKey.derivative(picture.id, revision: picture.revision, size)
            let bytes = try await services.store.read(key, range: nil)
            var (length, sum): (Int64, UInt32) = (0, 0)
            try await bytes.each { chunk in
                length += Int64(chunk.readableBytes)
                sum = chunk.withUnsafeReadableBytes { czlib_crc32(sum, $0.baseAddress, $0.count) }
            }
            return File(bytes: bytes, size: length, sum: sum)
        } catch let failure as Failure where failure.code == .notFound {
            return nil
        }
    }

    /// Made of the sequence's title, and of ids so that no two are alike.
    static func name(_ entry: ExportCursor.Entry) -> String {
        let picture = entry.item.picture
        let folder = SafeFileName.part(entry.sequence?.sequence.title ?? "", fallback: "sequence")
        let sequence = picture.sequenceID?.string.prefix(8) ?? ""
        return "\(folder)-\(sequence)/\(padded(picture.rank ?? 0, 6))-\(picture.id).jpg"
    }

    /// As the clocks showed it where the picture was taken.
    private static func time(_ entry: ExportCursor.Entry) -> Date {
        guard let tags = entry.item.picture.tags else { return entry.item.picture.createdAt }
        return tags.capturedAt.addingTimeInterval(Double(tags.utcOffsetMinutes) * 60)
    }
}

extension ObjectBytes {
    /// Calls back for each chunk; may be called again for the same bytes.
    func each(_ body: (ByteBuffer) async throws -> Void) async throws {
        switch self {
        case .whole(let buffer): try await body(buffer)
        case .stream(let read): try await read(body)
        }
    }
}
