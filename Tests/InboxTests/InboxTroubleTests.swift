import Catalogue
import Domain
import Foundation
import Glibc
import Inbox
import Logging
import TestSupport
import Testing

@Suite("An inbox in trouble")
struct InboxTroubleTests {
    @Test("a kill between taking and moving doubles nothing: the file is known when it is taken again")
    func killed() async throws {
        let scene = try await InboxUnderTest()
        try scene.put(TestJPEG.drive(1).data(), at: "car-7/G1.JPG")
        try scene.put(Data("x".utf8), at: "car-7/G2.JPG")
        try await scene.settle()
        // As if neither had been moved; the reason was written before the end came.
        for (from, to) in [("done/car-7/G1.JPG", "car-7/G1.JPG"), ("refused/car-7/G2.JPG", "car-7/G2.JPG")] {
            try FileManager.default.moveItem(atPath: scene.folder.file(from), toPath: scene.folder.file(to))
        }
        scene.restart()
        let again = try await scene.settle()
        #expect(again.taken == 1 && again.refused == 1)
        let records = try await scene.records()
        #expect(records.map(\.path) == ["G1.JPG", "G2.JPG"])
        #expect(records.map { $0.rejection == nil } == [true, false])
        #expect(scene.files.contains("done/car-7/G1.JPG"))
        #expect(scene.files.filter { $0.hasPrefix("car-7") }.isEmpty)
    }

    @Test("without an account that may send, everything stays and it is said once; then it is taken")
    func owner() async throws {
        let scene = try await InboxUnderTest { $0.owner = "driver" }
        scene.restart()
        try scene.put(TestJPEG.drive(1).data(), at: "car-7/G1.JPG")
        for _ in 0..<3 { #expect(try await scene.look(after: 60).taken == 0) }
        let driver = try await scene.test.addAccount("driver", .field)
        for _ in 0..<3 { #expect(try await scene.look(after: 60).taken == 0) }
        #expect(scene.files == ["car-7/G1.JPG"])
        #expect(scene.said.count == 2)
        try await scene.test.catalogue.labels.grant(scene.label.id, to: driver.id)
        #expect(try await scene.look(after: 60).taken == 1)
        let sets = try await scene.test.catalogue.uploadSets.list(
            of: driver.id, before: nil, limit: 10, viewer: .system)
        #expect(sets.count == 1)
    }

    @Test("a file that may not be read is said once, left, and holds up nobody", .enabled(if: geteuid() != 0))
    func unreadable() async throws {
        let scene = try await InboxUnderTest()
        scene.restart()
        try scene.put(TestJPEG.drive(1).data(), at: "car-7/G1.JPG")
        try scene.put(TestJPEG.drive(2).data(), at: "car-7/G2.JPG")
        chmod(scene.folder.file("car-7/G1.JPG"), 0)
        #expect(try await scene.settle().taken == 1)
        for _ in 0..<3 { #expect(try await scene.look(after: 60).kept == 1) }
        #expect(scene.said.filter { $0.contains("G1.JPG") }.count == 1)
    }

    @Test("a folder that is gone is said once, and looked at again when it is back")
    func gone() async throws {
        let scene = try await InboxUnderTest()
        scene.restart()
        let aside = "\(scene.folder.path)-aside"
        try scene.put(TestJPEG.drive(1).data(), at: "car-7/G1.JPG")
        try FileManager.default.moveItem(atPath: scene.folder.path, toPath: aside)
        for _ in 0..<3 { #expect(try await scene.look(after: 60).kept == 1) }
        #expect(scene.said.count == 1)
        try FileManager.default.moveItem(atPath: aside, toPath: scene.folder.path)
        #expect(try await scene.settle().taken == 1)
    }

    @Test("what cannot be moved away is not read again and again, and goes when it can")
    func stuck() async throws {
        let scene = try await InboxUnderTest()
        scene.restart()
        try scene.put(TestJPEG.drive(1).data(), at: "car-7/G1.JPG")
        // Where the folder of the label is to be made, there is a file.
        try scene.put(Data(), at: "done/car-7")
        try await scene.settle()
        let set = try #require(try await scene.sets().first)
        for _ in 0..<3 { #expect(try await scene.look(after: 60).taken == 0) }
        #expect(scene.said.filter { $0.contains("left where it is") }.count == 1)
        try FileManager.default.removeItem(atPath: scene.folder.file("done/car-7"))
        #expect(try await scene.look(after: 60).taken == 1)
        #expect(try await scene.records().count == 1)
        #expect(try await scene.sets().map(\.id) == [set.id])
    }
}
