import Domain
import Foundation
import Glibc
import Inbox
import TestSupport
import Testing

@Suite("An inbox in a folder")
struct InboxFolderTests {
    @Test("a file is taken once nothing about it has changed for a while, and goes to done under its own path")
    func whole() async throws {
        let scene = try await InboxUnderTest()
        let picture = TestJPEG.drive(1).data()
        try scene.put(picture.prefix(1000), at: "car-7/100GOPRO/G1.JPG")
        try await scene.look()
        // It grows meanwhile.
        try scene.put(picture, at: "car-7/100GOPRO/G1.JPG")
        #expect(try await scene.look(after: 10).taken == 0)
        #expect(try await scene.look(after: 9).taken == 0)
        #expect(try await scene.look(after: 1).taken == 1)
        #expect(scene.files == ["done/car-7/100GOPRO/G1.JPG"])
        let records = try await scene.records()
        #expect(records.map(\.path) == ["100GOPRO/G1.JPG"] && records[0].size == picture.count)
        #expect(try Data(contentsOf: URL(filePath: scene.folder.file("done/car-7/100GOPRO/G1.JPG"))) == picture)
        #expect(try await scene.sets().map(\.title) == ["car-7 100GOPRO 2026-06-01"])
    }

    @Test("pictures without a place are to be refused, or to wait, as the rule says", arguments: [false, true])
    func unplaced(holds: Bool) async throws {
        let scene = try await InboxUnderTest { $0.holdsUnplaced = holds }
        try scene.put(TestJPEG.drive(1).data(), at: "car-7/G1.JPG")
        try await scene.settle()
        #expect(try await scene.sets().map(\.holdsUnplaced) == [holds])
    }

    @Test("a file whose name says that it is being written waits for its real name, and is then taken at once")
    func renamed() async throws {
        let scene = try await InboxUnderTest()
        try scene.put(TestJPEG.drive(1).data(), at: "car-7/G1.JPG.part")
        try await scene.look()
        #expect(try await scene.look(after: 1000).taken == 0)
        try FileManager.default.moveItem(
            atPath: scene.folder.file("car-7/G1.JPG.part"), toPath: scene.folder.file("car-7/G1.JPG"))
        #expect(try await scene.look(after: 1).taken == 1)
        #expect(scene.files == ["done/car-7/G1.JPG"])
    }

    @Test("what is refused goes to refused with the reason beside it; nothing of it is lost")
    func refused() async throws {
        let scene = try await InboxUnderTest()
        try scene.put(Data("a film".utf8), at: "car-7/GX01.MP4")
        try scene.put(Data("no picture".utf8), at: "car-7/G2.JPG")
        try scene.put(TestJPEG.drive(1).data(), at: "car-99/G3.JPG")
        try scene.put(TestJPEG.drive(2).data(), at: "G4.JPG")
        #expect(try await scene.settle().refused == 4)
        #expect(
            scene.files == [
                "refused/G4.JPG", "refused/G4.JPG.txt", "refused/car-7/G2.JPG", "refused/car-7/G2.JPG.txt",
                "refused/car-7/GX01.MP4", "refused/car-7/GX01.MP4.txt", "refused/car-99/G3.JPG",
                "refused/car-99/G3.JPG.txt",
            ])
        func reason(_ path: String) throws -> String {
            try String(contentsOfFile: scene.folder.file("refused/\(path).txt"), encoding: .utf8)
        }
        #expect(try reason("car-99/G3.JPG") == "There is no camera label “car-99”.\n")
        #expect(try reason("car-7/GX01.MP4") == "This is a video (MP4); only pictures are taken.\n")
        #expect(try reason("car-7/G2.JPG") == "This is not a JPEG picture, whatever its name says.\n")
        #expect(try reason("G4.JPG").contains("called like a camera label"))
        #expect(
            try Data(contentsOf: URL(filePath: scene.folder.file("refused/car-99/G3.JPG"))) == TestJPEG.drive(1).data())
    }

    @Test("no file takes the place of another of its name, nor of another's reason")
    func namesakes() async throws {
        let scene = try await InboxUnderTest()
        try scene.put(Data("a".utf8), at: "car-7/a.txt")
        try scene.put(Data("1".utf8), at: "refused/car-7/G1.MP4.txt")
        try scene.put(Data("2".utf8), at: "car-7/G1.MP4")
        try scene.put(Data("3".utf8), at: "refused/car-7/a.txt")
        #expect(try await scene.settle().refused == 2)
        #expect(
            scene.files == [
                "refused/car-7/G1 (2).MP4", "refused/car-7/G1 (2).MP4.txt", "refused/car-7/G1.MP4.txt",
                "refused/car-7/a (2).txt", "refused/car-7/a (2).txt.txt", "refused/car-7/a.txt",
            ])
    }

    @Test("the same bytes again count as done and make no second picture")
    func duplicate() async throws {
        let scene = try await InboxUnderTest()
        let picture = TestJPEG.drive(1).data()
        try scene.put(picture, at: "car-7/G1.JPG")
        try await scene.settle()
        try scene.put(picture, at: "car-7/G1.JPG")
        #expect(try await scene.settle().taken == 1)
        #expect(scene.files == ["done/car-7/G1 (2).JPG", "done/car-7/G1.JPG"])
        #expect(try await scene.records().count == 1)
    }

    @Test("with delete, what was taken is gone, and what was refused is kept")
    func deleting() async throws {
        let scene = try await InboxUnderTest { $0.deletes = true }
        try scene.put(TestJPEG.drive(1).data(), at: "car-7/G1.JPG")
        try scene.put(Data("x".utf8), at: "car-7/G2.THM")
        try await scene.settle()
        #expect(scene.files == ["refused/car-7/G2.THM", "refused/car-7/G2.THM.txt"])
    }

    @Test("links and pipes are left where they are, said once, and never opened")
    func links() async throws {
        let scene = try await InboxUnderTest()
        scene.restart()
        let secret = try TemporaryFolder()
        try TestJPEG.drive(1).data().write(to: URL(filePath: secret.file("secret.jpg")))
        try scene.put(TestJPEG.drive(2).data(), at: "car-7/G1.JPG")
        let place = scene.folder.file("car-7")
        try FileManager.default.createSymbolicLink(
            atPath: "\(place)/L.JPG", withDestinationPath: secret.file("secret.jpg"))
        try FileManager.default.createSymbolicLink(atPath: "\(place)/folder", withDestinationPath: secret.path)
        #expect(mkfifo("\(place)/pipe.JPG", 0o600) == 0)
        #expect(try await scene.settle().taken == 1)
        for _ in 0..<3 { #expect(try await scene.look(after: 60).kept == 3) }
        #expect(scene.files.filter { $0.hasPrefix("car-7/") }.count == 3)
        let complaints = scene.said.filter { $0.contains("left where it is") }
        #expect(complaints.count == 3)
        #expect(try await scene.records().map(\.path) == ["G1.JPG"])
    }

    @Test("a set that nothing comes for any more is completed; a late file opens it again")
    func quiet() async throws {
        let scene = try await InboxUnderTest()
        try scene.put(TestJPEG.drive(1).data(), at: "car-7/G1.JPG")
        try await scene.settle()
        #expect(try await scene.look(after: 299).completed == 0)
        #expect(try await scene.sets().map { $0.completedAt == nil } == [true])
        #expect(try await scene.look(after: 1).completed == 1)
        #expect(try await scene.sets().map { $0.completedAt == nil } == [false])
        #expect(try await scene.look(after: 1000).completed == 0)
        try scene.put(TestJPEG.drive(2).data(), at: "car-7/G2.JPG")
        try await scene.settle()
        #expect(try await scene.sets().map { $0.completedAt == nil } == [true])
        #expect(try await scene.look(after: 300).completed == 1)
        #expect(try await scene.records().count == 2)
    }

    @Test("files of another folder or another day go into a set of their own")
    func sets() async throws {
        let scene = try await InboxUnderTest()
        for path in ["car-7/G1.JPG", "car-7/100GOPRO/G2.JPG", "car-7/100GOPRO/deep/G3.JPG"] {
            try scene.put(TestJPEG.drive(path.count).data(), at: path)
        }
        try await scene.settle()
        try scene.put(TestJPEG.drive(99).data(), at: "car-7/G4.JPG")
        try await scene.look()
        try await scene.look(after: 86_400)
        #expect(
            try await scene.sets().map(\.title) == [
                "car-7 100GOPRO 2026-06-01", "car-7 2026-06-01", "car-7 2026-06-02",
            ])
    }
}
