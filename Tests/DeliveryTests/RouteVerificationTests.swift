import Catalogue
import Delivery
import Domain
import Foundation
import Storage
import Synchronization
import TestSupport
import Testing

@Suite("Comparing a destination with what is known of it")
struct RouteVerificationTests {
    /// What is found, a second after the last delivery.
    private func verify(
        _ scene: DeliveryScene, _ route: Route, rehash: Bool = false, repair: Bool = false
    ) async throws -> (outcome: RouteComparison, findings: [String]) {
        scene.pass(1)
        let now = scene.now
        let found = Mutex<[RouteFinding]>([])
        let outcome = try await RouteVerification(
            catalogue: scene.catalogue, route: route, number: 1, destination: try scene.place("/a"),
            scratch: ScratchFolder(path: scene.test.folder.file("scratch")), rehashes: rehash, repairs: repair,
            now: { now }
        ).run { finding in found.withLock { $0.append(finding) } }
        return (outcome, found.withLock { $0.map { "\($0.kind.rawValue) \($0.name)" }.sorted() })
    }

    @Test("what is in line is found to be, pages of it too")
    func inLine() async throws {
        let scene = try await DeliveryScene()
        let route = try await scene.makeRoute([.hd, .sd])
        for index in 0..<3 { try await scene.picture(at: TestCatalogue.epoch.addingTimeInterval(Double(index) * 60)) }
        try await scene.deliver()
        for rehash in [false, true] {
            let (outcome, findings) = try await verify(scene, route, rehash: rehash)
            #expect(findings.isEmpty && outcome.isInLine && outcome.listed == 6 && outcome.known == 6)
        }
    }

    @Test("missing, different and surplus files are named; same size and other bytes only where they are read back")
    func differences() async throws {
        let scene = try await DeliveryScene()
        let route = try await scene.makeRoute([.hd, .sd, .thumb])
        let id = try await scene.picture()
        try await scene.deliver()
        let place = try scene.place("/a")
        let names = ["hd", "sd", "thumb"].map { "CAM 1/\(id)_\($0).jpg" }
        place.set { state in
            state.files[names[0]] = nil
            state.files[names[1]] = Data("sd".utf8)
            state.files[names[2]] = Data("Xhumb 1".utf8)
            state.files["CAM 1/notes.txt"] = Data("mine".utf8)
        }
        let quick = try await verify(scene, route)
        #expect(quick.findings == ["different \(names[1])", "missing \(names[0])", "surplus CAM 1/notes.txt"])
        #expect(!quick.outcome.isInLine && quick.outcome.queued == 0)
        let whole = try await verify(scene, route, rehash: true, repair: true)
        #expect(whole.findings.count == 4 && whole.findings.contains("different \(names[2])"))
        #expect(whole.outcome.queued > 0)
        try await scene.deliver()
        #expect(names.map { place.text($0) } == ["hd 1", "sd 1", "thumb 1"])
        // What is not ours was only told of.
        #expect(place.text("CAM 1/notes.txt") == "mine")
        let after = try await verify(scene, route, rehash: true)
        #expect(after.findings == ["surplus CAM 1/notes.txt"] && after.outcome.isInLine)
    }

    @Test("a picture that was lost from the outbox is found and queued; one that is hidden is not missed")
    func unsent() async throws {
        let scene = try await DeliveryScene()
        let route = try await scene.makeRoute()
        let id = try await scene.picture()
        let hidden = try await scene.picture(at: TestCatalogue.epoch.addingTimeInterval(60))
        try await scene.catalogue.pictures.setVisibility(hidden, .ownerOnly)
        try await scene.catalogue.engine.write { try $0.execute("DELETE FROM outbox") }
        let found = try await verify(scene, route, repair: true)
        #expect(found.findings == ["unsent \(id)"] && found.outcome.queued == 1)
        try await scene.deliver()
        #expect(try scene.place("/a").names == ["CAM 1/\(id)_hd.jpg"])
        #expect(try await verify(scene, route).findings.isEmpty)
    }

    @Test("what waits to be sent is no fault")
    func waiting() async throws {
        let scene = try await DeliveryScene()
        let route = try await scene.makeRoute()
        try await scene.picture()
        let (outcome, findings) = try await verify(scene, route)
        #expect(findings.isEmpty && outcome.isInLine && outcome.known == 0)
    }
}
