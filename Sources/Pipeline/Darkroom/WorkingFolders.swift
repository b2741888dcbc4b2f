import Domain
import Foundation
import Storage

/// The private folder in which children leave what they make: one folder a request, gone with it.
struct WorkingFolders: Sendable {
    /// Absolute path.
    let path: String

    /// Makes the folder (0700) and empties it of what an earlier run left.
    func prepare() async throws {
        try await Self.failing("prepare the darkroom's folder") {
            try makePrivate(path)
        }
        // The child of a server that was killed may write for another moment, before it sees that nobody listens.
        for _ in 0..<50 {
            let left = try await BlockingWork.run { removeAll() }
            guard left > 0 else { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Failure(.unavailable, "The darkroom's folder \(path) cannot be emptied.")
    }

    /// Removes what can be removed; how much cannot.
    private func removeAll() -> Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.count { (try? FileManager.default.removeItem(atPath: "\(path)/\($0)")) == nil }
    }

    /// A new, empty folder; its absolute path.
    func make() async throws -> String {
        let folder = "\(path)/\(Identifier<WorkingFolders>().string)"
        try await makeFolder(folder)
        return folder
    }

    /// A private folder at a path.
    func makeFolder(_ folder: String) async throws {
        try await Self.failing("make a folder for the darkroom") { try makePrivate(folder) }
    }

    /// Removes a folder with all that is in it. What cannot be removed now is removed at the next start.
    func remove(_ folder: String) async {
        try? await BlockingWork.run { try FileManager.default.removeItem(atPath: folder) }
    }

    private func makePrivate(_ folder: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        // The folder may be an old one.
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
    }

    private static func failing(_ doing: String, _ work: @escaping @Sendable () throws -> Void) async throws {
        do {
            try await BlockingWork.run(work)
        } catch let error as CocoaError where error.code == .fileWriteOutOfSpace {
            throw Failure(.noSpace, "The server's disk is full.", underlying: error)
        } catch {
            throw Failure(.unavailable, "The server could not \(doing).", underlying: error)
        }
    }
}
