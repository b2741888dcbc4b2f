import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("What is known of originals")
struct OriginalTests {
    private let test: TestCatalogue
    private let label: CameraLabel
    private let owner: Account
    private let key = SealingKey(id: String(repeating: "a", count: 32), name: "The safe", publicKey: "wayside-public:x")

    init() async throws {
        test = try await TestCatalogue()
        label = try await test.addLabel("CAM")
        owner = try await test.addAccount("owner", .field, grants: [label])
        _ = try await test.catalogue.sealingKeys.add(key)
    }

    private var originals: OriginalStore { test.catalogue.originals }

    private func stored(_ kind: StoredOriginal.Kind = .kept, until: Date? = nil) -> StoredOriginal {
        StoredOriginal(
            kind: kind, keyID: kind == .sealed ? key.id : nil, size: 1000, sha256: TestPicture.newSHA256(),
            storedAt: TestCatalogue.epoch, expiresAt: until)
    }

    /// A prepared picture whose original is stored.
    private func picture(_ original: StoredOriginal?, by account: Account? = nil) async throws -> PictureID {
        let set = try await test.addUploadSet(by: account ?? owner, label: label)
        let id = try await test.admit(to: set)
        for job in try await test.claim() { try await test.work(on: job) }
        let job = try #require(try await test.claim().first { $0.step == .develop(id) })
        let tags = TestPicture().tags
        try await test.catalogue.pictures.developed(
            id, tags: tags, redactions: [], derivatives: TestCatalogue.derivatives(of: tags), revision: 1,
            original: original, ending: job)
        return id
    }

    @Test("an original is its owner's and the administrators', whatever else is granted")
    func sight() async throws {
        let original = stored()
        let id = try await picture(original)
        let admin = try await test.addAccount("admin", .admin)
        for viewer in [owner.viewer, admin.viewer, .system] {
            #expect(try await originals.find(id, viewer: viewer)?.stored == original)
            #expect(try await originals.kinds(of: [id], viewer: viewer) == [id: .kept])
        }
        let manager = try await test.addAccount("manager", .manager, grants: [label])
        let other = try await test.addAccount("other", .field, grants: [label])
        for viewer in [manager.viewer, other.viewer, .guest] {
            #expect(try await originals.find(id, viewer: viewer) == nil)
            #expect(try await originals.kinds(of: [id], viewer: viewer).isEmpty)
        }
        let bare = try await picture(nil)
        #expect(try await originals.find(bare, viewer: .system) == nil)
    }

    @Test("a deleted picture has no original from that moment, and its row goes with the picture's")
    func deleted() async throws {
        let id = try await picture(stored())
        try await test.catalogue.pictures.delete(id)
        #expect(try await originals.find(id, viewer: .system) == nil)
        #expect(try await originals.needed(by: [id]).isEmpty)
        try await test.process()
        #expect(try await originals.expired(at: .distantFuture, limit: 10).isEmpty)
        #expect(try await originals.count(of: label.id) == 0)
    }

    @Test("an original whose time is over is found no more, and is left to be removed")
    func expiry() async throws {
        let moment = Date.now
        let (old, young) = (
            try await picture(stored(until: moment.addingTimeInterval(-1))),
            try await picture(stored(.sealed, until: moment.addingTimeInterval(1000)))
        )
        #expect(try await originals.find(old, viewer: .system) == nil)
        #expect(try await originals.find(young, viewer: .system)?.stored.keyID == key.id)
        #expect(try await originals.count(of: label.id) == 1)
        let gone = try await originals.expired(at: moment, limit: 10)
        #expect(gone.map(\.pictureID) == [old])
        try await originals.forget(gone, at: moment)
        #expect(try await originals.expired(at: moment, limit: 10).isEmpty)
        let entry = try #require(try await test.catalogue.audit.list(before: nil, limit: 1).first)
        #expect(entry.action == "original.discarded" && entry.subject == old.string)
    }

    @Test("letting go of a label's originals takes them out of reach at once, and only them")
    func lettingGo() async throws {
        let other = try await test.addLabel("OTHER")
        let stranger = try await test.addAccount("stranger", .field, grants: [other])
        let mine = [try await picture(stored()), try await picture(stored(.sealed))]
        let set = try await test.addUploadSet(by: stranger, label: other)
        _ = try await test.admit(to: set)
        let moment = Date.now
        #expect(try await originals.expire(label: other.id, at: moment) == 0)
        #expect(try await originals.expire(label: label.id, at: moment) == 2)
        #expect(try await originals.expire(label: label.id, at: moment) == 0)
        for id in mine { #expect(try await originals.find(id, viewer: owner.viewer) == nil) }
        #expect(Set(try await originals.expired(at: moment, limit: 10).map(\.pictureID)) == Set(mine))
    }

    @Test("what the janitor must leave alone: what the catalogue has, and everything of a picture in work")
    func needed() async throws {
        let (kept, none) = (try await picture(stored()), try await picture(nil))
        let working = try await test.admit(to: try await test.addUploadSet(by: owner, label: label))
        let needed = try await originals.needed(by: [kept, none, working, PictureID()])
        #expect(needed == [kept: [.kept], none: [], working: [.kept, .sealed]])
    }

    @Test("a label's rule is its own, and redaction or name do not touch it")
    func rules() async throws {
        #expect(try await originals.rule(of: label.id) == .discard)
        let rule = try OriginalsRule(.sealed, keyID: key.id, days: 30)
        try await originals.setRule(rule, of: label.id)
        // Whoever read the label before writes it back.
        try await test.catalogue.labels.update(label)
        #expect(try await originals.rule(of: label.id) == rule)
        #expect(try await test.catalogue.labels.find(label.id, viewer: .system)?.originals == .sealed)
        await #expect(throws: Failure.self) { try await originals.setRule(.discard, of: CameraLabelID()) }
        let unknown = try OriginalsRule(.sealed, keyID: String(repeating: "b", count: 32))
        await #expect(throws: Failure.self) { try await originals.setRule(unknown, of: label.id) }
        #expect(throws: Failure.self) { try OriginalsRule(.sealed) }
        #expect(throws: Failure.self) { try OriginalsRule(.keep, days: 0) }
        // What a policy has no use for is not remembered.
        #expect(try OriginalsRule(.discard, keyID: key.id, days: 4) == .discard)
    }

    @Test("a key has one name and stays")
    func keys() async throws {
        let keys = test.catalogue.sealingKeys
        let again = SealingKey(id: key.id, name: "Another name", publicKey: key.publicKey)
        #expect(try await keys.add(again).name == "The safe")
        let taken = SealingKey(id: String(repeating: "c", count: 32), name: "the SAFE", publicKey: "wayside-public:y")
        await #expect(throws: Failure.self) { try await keys.add(taken) }
        #expect(try await keys.list().map(\.id) == [key.id])
        #expect(try await keys.find(name: "THE safe")?.id == key.id)
    }
}
