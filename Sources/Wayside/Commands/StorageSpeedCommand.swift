import ArgumentParser
import Domain
import Foundation
import Storage

/// How fast files come into the store, and back.
struct StorageSpeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "speed", abstract: "Send a folder's files into the storage, read them, and delete them.",
        discussion: """
            Tells what the way to a bucket is good for, with files of your own, for example a few hundred pictures. They \
            are stored as pictures are and belong to none; nothing is left of them.
            """)

    @Argument(help: "A folder with files; folders in it are left out.", completion: .directory) var folder: String
    @OptionGroup var options: DataOptions
    @OptionGroup(title: "Storage") var storage: StorageOptions

    func run() async throws {
        let settings = try await SettingsSources(arguments: options.arguments + storage.arguments).settings()
        let store = try StoreOpening(settings: settings).open()
        let files = try Self.files(of: URL(filePath: (folder as NSString).expandingTildeInPath))
        let keys = files.map { (key: ObjectKey.derivative(PictureID(), revision: 1, .hd), path: $0.path) }
        let bytes = files.reduce(0) { $0 + $1.size }
        do {
            Self.say("sent", files.count, bytes, try await Self.time { try await store.put(keys) })
            Self.say("read", files.count, bytes, try await Self.time { try await Self.read(keys.map(\.key), store) })
        } catch {
            try? await Self.remove(keys.map(\.key), store)
            throw error
        }
        Self.say("deleted", files.count, 0, try await Self.time { try await Self.remove(keys.map(\.key), store) })
    }

    private static func files(of folder: URL) throws -> [(path: String, size: Int64)] {
        let names = try? FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: [.isRegularFileKey, .fileSizeKey])
        let files = (names ?? []).sorted { $0.path < $1.path }.compactMap { file -> (path: String, size: Int64)? in
            let values = try? file.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey])
            guard values?.isRegularFile == true, let size = values?.fileSize else { return nil }
            return (file.path, Int64(size))
        }
        guard !files.isEmpty else { throw Failure(.notFound, "There are no files in \(folder.path).") }
        return files
    }

    private static func read(_ keys: [ObjectKey], _ store: any ObjectStore) async throws {
        try await each(keys) { key in
            if case .stream(let chunks) = try await store.read(key, range: nil) { try await chunks { _ in } }
        }
    }

    private static func remove(_ keys: [ObjectKey], _ store: any ObjectStore) async throws {
        try await each(keys) { try await store.delete(prefix: $0.path) }
    }

    /// Four at a time.
    private static func each(
        _ keys: [ObjectKey], _ work: @escaping @Sendable (ObjectKey) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, key) in keys.enumerated() {
                if number >= 4 { try await group.next() }
                group.addTask { try await work(key) }
            }
            try await group.waitForAll()
        }
    }

    private static func time(_ work: () async throws -> Void) async throws -> Duration {
        let start = ContinuousClock.now
        try await work()
        return ContinuousClock.now - start
    }

    private static func say(_ verb: String, _ files: Int, _ bytes: Int64, _ time: Duration) {
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        let speed = bytes > 0 ? String(format: ", %.1f MB/s", Double(bytes) / 1e6 / seconds) : ""
        Console.say("\(Console.count(files, "file")) \(verb) in \(String(format: "%.2f", seconds)) s\(speed)")
    }
}
