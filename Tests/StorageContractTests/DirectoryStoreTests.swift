import Domain
import Foundation
import Glibc
import Storage
import Testing

@Suite("A directory store")
struct DirectoryStoreTests {
    private func withStore(_ body: (DirectoryStore, StoreUnderTest) async throws -> Void) async throws {
        try await StoreUnderTest.with(.directory) { test in
            let store = try #require(test.store as? DirectoryStore)
            try await body(store, test)
        }
    }

    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? NSNumber).intValue
    }

    @Test("is private: folders 0700, files 0600, whatever the source was")
    func privacy() async throws {
        try await withStore { (store, test) async throws in
            let key = ObjectKey.derivative(PictureID(), revision: 1, .hd)
            let file = try test.file([1])
            chmod(file, 0o644)
            try await store.put(key, fileAt: file)
            #expect(try mode("\(store.root)/\(key.path)") == 0o600)
            #expect(try mode(store.root) == 0o700)
            #expect(try mode("\(store.root)/pictures") == 0o700)
        }
    }

    @Test("gives a file that is in memory as such, and none for bytes that it does not have")
    func inMemory() async throws {
        try await withStore { (store, test) async throws in
            let key = ObjectKey.derivative(PictureID(), revision: 1, .hd)
            await #expect(throws: Failure.self) { try await store.fileInMemory(key, range: 0..<1) }
            try await store.put(key, fileAt: try test.file([UInt8](repeating: 7, count: 100_000)))
            _ = try await store.read(key, range: nil)
            #expect(try await store.fileInMemory(key, range: 0..<100_000)?.size == 100_000)
            #expect(try await store.fileInMemory(key, range: 5000..<5001) != nil)
            #expect(try await store.fileInMemory(key, range: 0..<100_001) == nil)
            #expect(try await store.fileInMemory(key, range: 10..<10) == nil)
        }
    }

    @Test("stores no symbolic link, and follows none")
    func links() async throws {
        try await withStore { (store, test) async throws in
            let secret = try test.file(Array("secret".utf8))
            let link = test.folder.appending(path: "link").path
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: secret)
            let key = ObjectKey.derivative(PictureID(), revision: 1, .hd)
            await #expect(throws: Failure.self) { try await store.put(key, fileAt: link) }
            #expect(try await store.head(key) == nil)
        }
    }

    @Test("leaves no folder of a deleted picture and nothing half-made")
    func emptyFolders() async throws {
        try await withStore { (store, test) async throws in
            let id = PictureID()
            let prefix = ObjectKey.prefix(of: id)
            try await test.put(.derivative(id, revision: 1, .hd), [1])
            try await store.delete(prefix: prefix)
            #expect(!FileManager.default.fileExists(atPath: "\(store.root)/\(prefix.dropLast())"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(store.root)/.incoming").isEmpty)
        }
    }

    @Test("sweeps what an interrupted put left, and never lists it")
    func sweeping() async throws {
        try await withStore { (store, _) async throws in
            let left = "\(store.root)/.incoming/\(UUID().uuidString)"
            try Data([1]).write(to: URL(filePath: left))
            #expect(try await store.list(prefix: "", after: nil, limit: 10).isEmpty)
            try await store.sweep()
            #expect(!FileManager.default.fileExists(atPath: left))
        }
    }

    @Test("refuses a prefix that leads out of it", arguments: ["../", "pictures/../../", "/", ".incoming", "a//b"])
    func prefixes(prefix: String) async throws {
        try await withStore { (store, _) async throws in
            await #expect(throws: Failure.self) { try await store.delete(prefix: prefix) }
        }
    }
}
