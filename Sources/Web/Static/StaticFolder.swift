import Crypto
import Domain
import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// The public folder. Files are small: they are read once, and again when their size or time changes.
final class StaticFolder: Sendable {
    private struct Entry {
        let size: Int
        let modified: Date
        let file: StaticFile
    }

    private let root: String
    private let entries = Mutex<[String: Entry]>([:])
    private static let largest = 32 << 20

    init(_ root: String) {
        self.root = URL(filePath: root).resolvingSymlinksInPath().path
    }

    /// The file at a URL path; nil when there is none, or the path leads elsewhere.
    func file(at path: String) async throws -> StaticFile? {
        guard let name = Self.safeName(path) else { return nil }
        return try await NIOThreadPool.singleton.runIfActive { try self.load(name) }
    }

    /// Percent-decoded; no empty, hidden or climbing component.
    static func safeName(_ path: String) -> String? {
        guard let decoded = path.removingPercentEncoding, !decoded.contains("\0"), !decoded.contains("\\") else {
            return nil
        }
        let parts = decoded.split(separator: "/")
        guard !parts.isEmpty, !parts.contains(where: { $0.hasPrefix(".") }) else { return nil }
        return parts.joined(separator: "/")
    }

    private func load(_ name: String) throws -> StaticFile? {
        let path = "\(root)/\(name)"
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeRegular,
            let size = (attributes[.size] as? NSNumber)?.intValue, size <= Self.largest,
            let modified = attributes[.modificationDate] as? Date
        else { return nil }
        let known = entries.withLock { $0[name] }
        if let known, known.size == size, known.modified == modified { return known.file }
        let bytes = Array(try Data(contentsOf: URL(filePath: path)))
        let type = StaticFile.mediaType(ofExtension: name.split(separator: ".").last ?? "")
        let file = StaticFile(
            bytes: bytes, gzip: Self.compressed(bytes, type: type),
            tag: EntityTag(HexadecimalText.of(SHA256.hash(data: bytes).prefix(16))), modified: modified, type: type)
        entries.withLock { $0[name] = Entry(size: size, modified: modified, file: file) }
        return file
    }

    private static func compressed(_ bytes: [UInt8], type: String) -> [UInt8]? {
        let isText = type.hasPrefix("text/") || type.contains("json") || type.contains("svg") || type.contains("wasm")
        guard isText, bytes.count > 1024, let packed = Compression.gzip(bytes) else { return nil }
        return packed.readableBytes < bytes.count ? Array(packed.readableBytesView) : nil
    }
}
