import Catalogue
import Domain
import Foundation
import NIOCore
import Storage

/// Where the bytes come from that routes send.
package struct FileSources: Sendable {
    /// Makes a redacted rendition of a picture's revision.
    package typealias MakeRendition =
        @Sendable (_ picture: PictureID, _ revision: Int, Rendition) async throws -> TemporaryFile

    /// A picture's STAC item as JSON: all of it for a backup of one's own, else what others may know.
    package typealias MakeItem = @Sendable (_ picture: PictureID, _ isBackup: Bool) async throws -> Data

    private let store: any ObjectStore
    private let scratch: ScratchFolder
    private let item: MakeItem
    private let rendition: MakeRendition

    package init(
        store: any ObjectStore, scratch: ScratchFolder, item: @escaping MakeItem,
        rendition: @escaping MakeRendition
    ) {
        self.store = store
        self.scratch = scratch
        self.item = item
        self.rendition = rendition
    }

    /// Makes the file; who asks removes it with `drop`. Never the whole of it in memory, but for items.
    func make(_ file: WantedFile, of subject: DeliverySubject, isBackup: Bool) async throws -> LocalFile {
        let path = try await BlockingWork.run { try scratch.newPath() }
        do {
            let made = try await make(file, of: subject, isBackup, at: path)
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

    private func make(
        _ file: WantedFile, of subject: DeliverySubject, _ isBackup: Bool, at path: String
    ) async throws -> LocalFile {
        let (id, revision) = (subject.picture.id, subject.picture.revision)
        switch file.content {
        case .hd: return try await copy(.derivative(id, revision: revision, .hd), path)
        case .sd: return try await copy(.derivative(id, revision: revision, .sd), path)
        case .thumb: return try await copy(.derivative(id, revision: revision, .thumb), path)
        case .original:
            guard let original = subject.original else { throw Failure.notFound("original") }
            return try await copy(.original(id, original.kind), path)
        case .raw:
            guard let raw = subject.raw else { throw Failure.notFound("raw file") }
            return try await copy(.raw(id, raw.stored.kind), path)
        case .backup:
            guard let key = file.key else { throw Failure.notFound("stored file") }
            return try await copy(key, path)
        case .rendition(let wanted):
            let made = try await rendition(id, revision, wanted)
            return LocalFile(path: made.path, size: made.size, sha256: made.sha256, keeper: made)
        case .item:
            return try await write(try await item(id, isBackup), path)
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
