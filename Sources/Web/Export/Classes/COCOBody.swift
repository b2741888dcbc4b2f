import Domain
import Foundation
import HummingbirdCore
import NIOCore
import Storage

/// COCO's data format (cocodataset.org/#format-data), image after image. Annotations come after all images, and wait in a
/// file without a name meanwhile, so that none of it is held in memory.
struct COCOBody: Sendable {
    let services: WebServices
    let schemes: [ClassScheme]
    let title: String
    let baseURL: String

    private static let chunk = 128 * 1024

    @concurrent func write(_ cursor: ExportCursor, to writer: inout any ResponseBodyWriter) async throws {
        var (cursor, text) = (cursor, COCOText(schemes: schemes, baseURL: baseURL))
        let waiting = try await BlockingWork.run { try services.scratch.newFile() }
        var size: Int64 = 0
        try await writer.write(ByteBuffer(bytes: text.begin(title)))
        while let entries = try await cursor.next() {
            var (images, boxes): ([UInt8], [UInt8]) = ([], [])
            for entry in entries { text.add(entry, to: &images, boxes: &boxes) }
            if !images.isEmpty { try await writer.write(ByteBuffer(bytes: images)) }
            size += Int64(boxes.count)
            if !boxes.isEmpty { try await BlockingWork.run { [boxes] in try waiting.write(boxes) } }
        }
        try await writer.write(ByteBuffer(string: #"],"annotations":["#))
        for start in stride(from: 0, to: size, by: Self.chunk) {
            try await writer.write(try await BlockingWork.run { try waiting.read(at: start, count: Self.chunk) })
        }
        try await writer.write(ByteBuffer(string: "]}\n"))
        try await writer.finish(nil)
    }
}
