import DarkroomProtocol
import Domain
import Foundation

/// The folder of the operator's own models: a JSON manifest beside each ONNX file. It is read anew each time, so that
/// what is put there counts at once; only the darkroom reads the models themselves.
package struct ModelFolder: Sendable {
    /// A file of the folder that is a manifest or ought to be one.
    package struct Entry: Sendable {
        /// `NAME.json`.
        package let file: String
        /// Or why it is refused.
        package let manifest: Result<ModelManifest, Failure>
    }

    /// Absolute path; need not exist.
    package let path: String

    /// No manifest is longer, bytes.
    private static let longest = 1 << 20

    package init(path: String) { self.path = path }

    /// All manifests, by file name. Of two with one name the second is refused.
    package func entries() -> [Entry] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        var names: Set<String> = []
        return files.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.sorted().map { file in
            let manifest = Result { try read(file) }.mapError(Self.failure).flatMap { manifest in
                names.insert(manifest.name).inserted
                    ? .success(manifest)
                    : .failure(Failure(.unprocessable, "The name “\(manifest.name)” belongs to another model here."))
            }
            return Entry(file: file, manifest: manifest)
        }
    }

    /// The manifests that can be read.
    package func manifests() -> [ModelManifest] { entries().compactMap { try? $0.manifest.get() } }

    /// Throws `.notFound` when there is no such model, and `.unprocessable` when its manifest is refused.
    package func manifest(named name: String) throws -> ModelManifest {
        let entries = entries()
        if let manifest = entries.compactMap({ try? $0.manifest.get() }).first(where: { $0.name == name }) {
            return manifest
        }
        // What is called so is meant, even where what it says of itself cannot be read.
        if let entry = entries.first(where: { $0.file == "\(name).json" }) { return try entry.manifest.get() }
        throw Failure(.notFound, "There is no model “\(name)” in \(path).")
    }

    private func read(_ file: String) throws -> ModelManifest {
        let url = URL(filePath: path, directoryHint: .isDirectory).appending(path: file)
        let data: Data
        do {
            let size = try url.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
            guard size <= Self.longest else { throw Failure(.unprocessable, "The manifest is longer than 1 MiB.") }
            data = try Data(contentsOf: url)
        } catch let error as CocoaError {
            throw Failure(.unavailable, "The manifest cannot be read.", underlying: error)
        }
        let manifest = try ModelManifest(reading: data)
        guard FileManager.default.fileExists(atPath: "\(path)/\(manifest.file)") else {
            throw Failure(.notFound, "The file \(manifest.file) that the manifest names is not there.")
        }
        return manifest
    }

    private static func failure(_ error: any Error) -> Failure {
        error as? Failure ?? Failure(.unavailable, "The manifest cannot be read.", underlying: error)
    }
}
