import Foundation

/// What lies in a server's data folder, as an operator would look.
struct DataFolder: Sendable {
    let path: String

    /// Paths of all files, relative to the folder.
    func files() -> [String] {
        let manager = FileManager.default
        let all = manager.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return all.filter { name in
            var isFolder: ObjCBool = false
            return manager.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder) && !isFolder.boolValue
        }.sorted()
    }

    /// Received files that wait for their treatment.
    func staged() -> [String] { files().filter { $0.hasPrefix("staging/") } }

    /// Files of the store.
    func stored() -> [String] { files().filter { $0.contains("pictures/") } }

    /// What darkroom children have left.
    func working() -> [String] { files().filter { $0.hasPrefix("darkroom/") } }

    /// Process ids of darkroom children that work for this folder, whoever started them.
    func children() -> [Int32] {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.compactMap { Int32($0) }.filter { pid in
            let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/cwd")
            return place == "\(path)/darkroom"
        }
    }
}
