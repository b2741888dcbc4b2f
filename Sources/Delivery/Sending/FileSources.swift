import Catalogue
import Domain
import Foundation
import NIOCore
import Storage

/// Where the bytes come from that routes send.
package struct FileSources: Sendable {
    /// Makes a redacted rendition of a picture's revision, that fits in so many pixels, in a new file at that path.
    package typealias MakeRendition =
        @Sendable (
            _ picture: PictureID, _ revision: Int, _ width: Int, _ height: Int, _ path: String
        ) async throws -> Void

    private let store: any ObjectStore
    private let scratch: ScratchFolder
    private let item: (@Sendable (PictureID) async throws -> Data)?
    private let rendition: MakeRendition?

    /// - Parameters:
    ///   - item: a picture's STAC item as JSON.
    package init(
        store: any ObjectStore, scratch: ScratchFolder, item: (@Sendable (PictureID) async throws -> Data)? = nil,
        rendition: MakeRendition? = nil
    ) {
        self.store = store
        self.scratch = scratch
        self.item = item
        self.rendition = rendition
    }

    /// - Throws: `.unprocessable` for what this server cannot send.
    package func require(_ contents: [RouteContent]) throws {
        for content in contents {
            if case .rendition = content, rendition == nil { throw Self.missing("scaled renditions") }
            if content == .item, item == nil { throw Self.missing("STAC items") }
        }
    }

    private static func missing(_ what: String) -> Failure {
        Failure(.unprocessable, "This server cannot send \(what).", details: ["field": "contents"])
    }

    /// Makes the file; who asks removes it with `drop`. Never the whole of it in memory, but for items.
    func make(_ file: WantedFile, of subject: DeliverySubject) async throws -> LocalFile {
        let path = try await BlockingWork.run { try scratch.newPath() }
        do {
            let made = try await make(file, of: subject, at: path)
            guard file.sha256.map({ $0 == made.sha256 }) ?? true else {
                throw Failure(.internalError, "A stored file of the picture is damaged: its checksum is another one.")
            }
            return made
        } catch {
            await drop(path)
            throw error
        }
    }

    func drop(_ path: String) async { try? await BlockingWork.run { scratch.drop(path) } }

    private func make(_ file: WantedFile, of subject: DeliverySubject, at path: String) async throws -> LocalFile {
        let (id, revision) = (subject.picture.id, subject.picture.revision)
        switch file.content {
        case .hd: return try await copy(.derivative(id, revision: revision, .hd), path)
        case .sd: return try await copy(.derivative(id, revision: revision, .sd), path)
        case .thumb: return try await copy(.derivative(id, revision: revision, .thumb), path)
        case .original:
            guard let original = subject.original else { throw Failure.notFound("original") }
            return try await copy(.original(id, original.kind), path)
        case .raw: throw Failure.notFound("raw file")
        case .backup:
            guard let key = file.key else { throw Failure.notFound("stored file") }
            return try await copy(key, path)
        case .rendition(let width, let height):
            guard let rendition else { throw Self.missing("scaled renditions") }
            try await rendition(id, revision, width, height, path)
            return try await BlockingWork.run {
                let file = try OpenFile(path)
                return LocalFile(path: path, size: file.size, sha256: try CheckedCopy.sha256(file))
            }
        case .item:
            guard let item else { throw Self.missing("STAC items") }
            return try await write(try await item(id), path)
        }
    }

    private func copy(_ key: ObjectKey, _ path: String) async throws -> LocalFile {
        let bytes = try await store.read(key, range: nil)
        let target = try await BlockingWork.run { try PlainFile(path) }
        let hash = StreamHash()
        let size: Int64
        switch bytes {
        case .whole(let buffer):
            hash.add(buffer)
            try await BlockingWork.run { try target.write(buffer) }
            size = Int64(buffer.readableBytes)
        case .stream(let chunks):
            let count = ByteCount()
            try await chunks { chunk in
                hash.add(chunk)
                count.add(chunk.readableBytes)
                try await BlockingWork.run { try target.write(chunk) }
            }
            size = count.value
        }
        return LocalFile(path: path, size: size, sha256: hash.text)
    }

    private func write(_ bytes: Data, _ path: String) async throws -> LocalFile {
        let target = try await BlockingWork.run { try PlainFile(path) }
        let buffer = ByteBuffer(bytes: bytes)
        try await BlockingWork.run { try target.write(buffer) }
        let hash = StreamHash()
        hash.add(buffer)
        return LocalFile(path: path, size: Int64(bytes.count), sha256: hash.text)
    }
}
