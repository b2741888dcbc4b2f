import Domain
import Foundation

/// The files of a folder and all below it, by their path in it; hidden ones and links are left out.
struct FolderWalk {
    struct File: Sendable {
        /// Absolute.
        let path: String
        /// Within the folder.
        let name: String
    }

    let folder: String

    /// In the order of their names.
    func files() throws -> [File] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw Failure(.unprocessable, "There is no folder \(folder).")
        }
        var found: [File] = []
        try collect(folder, as: "", into: &found)
        return found
    }

    private func collect(_ path: String, as name: String, into found: inout [File]) throws {
        let entries: [String]
        do {
            entries = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        } catch {
            throw Failure(.unprocessable, "The folder \(path) cannot be read.", underlying: error)
        }
        for entry in entries where !entry.hasPrefix(".") {
            let path = "\(path)/\(entry)"
            let name = name.isEmpty ? entry : "\(name)/\(entry)"
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            switch attributes?[.type] as? FileAttributeType {
            case .typeDirectory?: try collect(path, as: name, into: &found)
            case .typeRegular?: found.append(File(path: path, name: name))
            default: continue
            }
        }
    }
}
