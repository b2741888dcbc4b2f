import Domain
import Foundation
import NIOCore
import Storage
import Testing

@Suite("The staging folder")
struct StagingFolderTests {
    private func withFolder(_ body: (StagingFolder) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "staging-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(try StagingFolder(path: path, reserve: 0))
    }

    @Test("does not offer a file for removal while it is received, and does once nobody does")
    func locks() async throws {
        try await withFolder { (staging) async throws in
            try await receive(in: staging) { (name) async throws in
                #expect(try await staging.abandonable().isEmpty)
                #expect(FileManager.default.fileExists(atPath: staging.path(of: name)))
            }
            let left = try await staging.abandonable()
            #expect(left.count == 1)
            for name in left { try await staging.remove(name) }
            for name in left { try await staging.remove(name) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: staging.path).isEmpty)
        }
    }

    private func receive(in staging: StagingFolder, _ body: (String) async throws -> Void) async throws {
        let file = try staging.create()
        try file.write(ByteBuffer(string: "bytes"))
        try file.synchronise()
        file.keep()
        try await body(file.name)
    }

    @Test("removes a file that was neither kept nor discarded")
    func forgotten() async throws {
        try await withFolder { (staging) async throws in
            do {
                let file = try staging.create()
                try file.write(ByteBuffer(string: "bytes"))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: staging.path).isEmpty)
        }
    }

    @Test("notices a file that a sweep took away")
    func swept() async throws {
        try await withFolder { (staging) async throws in
            let file = try staging.create()
            try FileManager.default.removeItem(atPath: staging.path(of: file.name))
            #expect(throws: Failure.self) { try file.synchronise() }
        }
    }

    @Test("is private, and refuses more than the disk has room for")
    func room() async throws {
        try await withFolder { (staging) async throws in
            let attributes = try FileManager.default.attributesOfItem(atPath: staging.path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
            let available = try staging.availableBytes()
            #expect(available > 0)
            let failure = #expect(throws: Failure.self) { try staging.create(expecting: available * 2) }
            #expect(failure?.code == .noSpace)
        }
    }

    @Test("never removes by a name that leads elsewhere", arguments: ["../x", "", ".", "a/b"])
    func names(name: String) async throws {
        try await withFolder { (staging) async throws in
            await #expect(throws: Failure.self) { try await staging.remove(name) }
        }
    }
}
