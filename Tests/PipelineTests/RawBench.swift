import Catalogue
import Crypto
import Domain
import Foundation
import Logging
import NIOCore
import Pipeline
import Storage
import TestSupport
import Testing

/// A pipeline over fake children, to which JPEGs and raw files are sent under names of their own.
struct RawBench {
    let bench: PipelineBench
    let key = PrivateSealingKey()

    init() async throws { bench = try await PipelineBench() }

    var catalogue: Catalogue { bench.catalogue }

    func setRule(_ policy: OriginalsPolicy, takesRaw: Bool = true) async throws {
        let known = try await catalogue.sealingKeys.add(
            SealingKey(id: key.publicKey.id, name: "The safe", publicKey: key.publicKey.text))
        try await catalogue.originals.setRule(
            try OriginalsRule(policy, keyID: known.id, takesRaw: takesRaw), of: bench.set.labelID)
    }

    /// What a file of this name holds; the fake child makes of its first line what that says.
    static func text(_ path: String, mood: String = "picture 2.35 48.85 1000") -> String { "\(mood)\n\(path)\n" }

    static func hash(_ text: String) -> String {
        SHA256.hash(data: Data(text.utf8)).map { String(format: "%02x", $0) }.joined()
    }

    /// Receives a file as intake does: bytes first, then the catalogue.
    @discardableResult
    func send(
        _ path: String, mood: String = "picture 2.35 48.85 1000"
    ) async throws -> UploadSetStore.Admission {
        let text = Self.text(path, mood: mood), hash = Self.hash(text), name = UUID().uuidString
        try text.write(toFile: bench.staging.path(of: name), atomically: true, encoding: .utf8)
        let set = bench.set, size = Int64(text.utf8.count)
        let picture = Picture(
            accountID: set.accountID, labelID: set.labelID, uploadSetID: set.id,
            originalName: (path as NSString).lastPathComponent, originalSize: size, originalSHA256: hash)
        let file = UploadFile(
            uploadSetID: set.id, path: path, size: size, sha256: hash, md5: String(hash.prefix(32)),
            pictureID: picture.id)
        let admission = try await catalogue.uploadSets.admit(file, as: picture, stagedName: name, viewer: .system)
        switch admission {
        case .admitted, .joined: break
        case .duplicate, .refused: try await bench.staging.remove(name)
        }
        return admission
    }

    func work(_ change: (inout PipelineSettings) -> Void = { $0.expiryInterval = .milliseconds(20) }) async throws {
        try await bench.run(bench.pipeline(change)) { try await eventually { try await bench.queueIsEmpty() } }
        // What was given up on the way.
        _ = try await janitor.removeUnwantedParts()
    }

    var janitor: Janitor {
        Janitor(catalogue: catalogue, store: bench.store, staging: bench.staging, logger: Logger(label: "test"))
    }

    func files() async throws -> [String: UploadFile] {
        let files = try await catalogue.uploadSets.files(bench.set.id, after: nil, limit: 100)
        return Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
    }

    /// The pictures of the set, of which a file says that it became one.
    func pictures() async throws -> Set<PictureID> {
        Set(try await files().values.filter { $0.rejection == nil }.compactMap(\.pictureID))
    }

    func originals() async throws -> [String] {
        try await bench.store.list(prefix: "originals/", after: nil, limit: 100)
    }

    func text(_ key: ObjectKey) async throws -> String {
        guard case .whole(let buffer) = try await bench.store.read(key, range: nil) else { return "" }
        return String(buffer: buffer)
    }

    /// Opens what is sealed.
    func opened(_ part: OriginalPart, of id: PictureID) async throws -> String {
        let (path, target) = (bench.folder.file(UUID().uuidString), bench.folder.file(UUID().uuidString))
        try await bench.store.copy(.stored(part, of: id, .sealed), toFileAt: path)
        try OriginalOpener(key: key).open(path, of: id, as: part, to: target)
        return try String(contentsOfFile: target, encoding: .utf8)
    }
}
