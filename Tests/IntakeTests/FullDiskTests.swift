import Domain
import Foundation
import Intake
import TestSupport
import Testing

/// A file system of two megabytes; making one needs the right to mount.
private struct SmallDisk {
    let folder: TemporaryFolder

    init?() {
        guard let folder = try? TemporaryFolder(),
            Self.run("/bin/mount", ["-t", "tmpfs", "-o", "size=2m", "none", folder.path])
        else { return nil }
        self.folder = folder
    }

    func remove() { _ = Self.run("/bin/umount", ["-l", folder.path]) }

    static var isPossible: Bool {
        guard let disk = SmallDisk() else { return false }
        disk.remove()
        return true
    }

    private static func run(_ program: String, _ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}

@Suite("A full disk")
struct FullDiskTests {
    @Test(
        "is told as such, leaves nothing, and the next file that fits is taken",
        .enabled(if: SmallDisk.isPossible, "mounting a small file system needs root"))
    func full() async throws {
        let disk = try #require(SmallDisk())
        defer { disk.remove() }
        let under = try await IntakeUnderTest(maximumFileSize: 10_000_000, stagingFolder: disk.folder.file("staging"))
        let bytes = IntakeUnderTest.jpeg(3_000_000)
        // Announced, it is seen before the first byte is written; else when the disk is full.
        for isAnnounced in [true, false] {
            let failure = await #expect(throws: Failure.self) {
                try await under.send(.file("a.jpg", bytes), isAnnounced: isAnnounced)
            }
            #expect(failure?.code == .noSpace)
            #expect(try under.staged.isEmpty)
        }
        guard case .admitted = try await under.send(.file("b.jpg", IntakeUnderTest.jpeg(1_000_000))) else {
            throw IntakeUnderTest.Broken()
        }
        let failure = await #expect(throws: Failure.self) {
            try await under.send(.file("c.jpg", IntakeUnderTest.jpeg(1_500_000, seed: 2)))
        }
        #expect(failure?.code == .noSpace)
        #expect(try under.staged.count == 1)
        #expect(try await under.files().count == 1)
    }
}
