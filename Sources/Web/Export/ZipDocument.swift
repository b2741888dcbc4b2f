import CZlib
import Catalogue
import Foundation
import Storage

/// What a ZIP says of its pictures, written into a file without a name while they are sent.
struct ZipDocument {
    let file: ScratchFile
    private(set) var size: Int64 = 0
    private(set) var sum: UInt32 = 0
    private var text: GeoJSONText
    private var pending: [UInt8] = []
    private static let piece = 128 * 1024

    init(in folder: ScratchFolder, baseURL: String) async throws {
        file = try await BlockingWork.run { try folder.newFile() }
        text = GeoJSONText(baseURL: baseURL)
        text.begin(&pending)
    }

    mutating func add(_ item: PictureItem, file: String) async throws {
        text.add(item, file: file, to: &pending)
        if pending.count >= Self.piece { try await flush() }
    }

    mutating func finish() async throws {
        text.end(&pending)
        try await flush()
    }

    private mutating func flush() async throws {
        let bytes = pending
        pending.removeAll(keepingCapacity: true)
        try await BlockingWork.run { [file] in try file.write(bytes) }
        sum = czlib_crc32(sum, bytes, bytes.count)
        size += Int64(bytes.count)
    }
}
