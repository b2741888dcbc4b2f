import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("What was deleted goes for good")
struct RemovalEndTests {
    @Test(
        "when its time is over, and no sooner, with a receipt for who asked",
        arguments: CatalogueEngines.allCases)
    func due(engine: CatalogueEngines) async throws {
        let scene = try await RemovalScene(engine)
        let sequence = try await scene.sequence()
        let deletion = try await scene.removals.remove(sequence, until: scene.until, by: scene.owner)
        let removal = try #require(deletion.removal)
        #expect(try await scene.removals.finishDue(at: scene.until.addingTimeInterval(-1)) == 0)
        #expect(try await scene.removals.find(removal, viewer: scene.owner)?.pictures == 5)
        #expect(try await scene.removals.finishDue(at: scene.until) == 1)
        #expect(try await scene.removals.find(removal, viewer: scene.owner) == nil)
        let receipts = try await scene.catalogue.erasures.list(before: nil, limit: 9, viewer: scene.owner)
        let receipt = try #require(receipts.first)
        #expect(receipt.kind == .sequence && receipt.subject == sequence.string && receipt.pictures == 5)
        #expect(receipt.finishedAt == nil)
        try await scene.test.process()
        #expect(try await scene.catalogue.erasures.find(receipt.id, viewer: scene.owner)?.finishedAt != nil)
        for table: StaticString in [
            "pictures", "sequences", "removals", "removal_pictures", "removal_jobs", "removal_files",
        ] { #expect(try await scene.count("SELECT COUNT(*) FROM \(raw: table)") == 0, "\(table)") }
        await #expect(throws: Failure.notFound("removal")) {
            try await scene.removals.restore(removal, by: scene.owner)
        }
    }

    @Test(
        "an upload set takes along what of it waits beside, and nothing is left of either",
        arguments: CatalogueEngines.allCases)
    func set(engine: CatalogueEngines) async throws {
        let scene = try await RemovalScene(engine)
        try await scene.remove([scene.ids[0]])
        let deletion = try await scene.removals.remove(
            scene.scene.set.id, until: scene.until, by: scene.owner)
        let receipt = try await scene.removals.finish(try #require(deletion.removal), by: scene.admin.viewer)
        try await scene.test.process()
        // The receipt is that of who deleted it, whoever was impatient.
        let erasure = try #require(try await scene.catalogue.erasures.find(receipt, viewer: scene.owner))
        #expect(erasure.kind == .uploadSet && erasure.pictures == 5 && erasure.finishedAt != nil)
        for table: StaticString in ["pictures", "sequences", "upload_files", "removals", "removal_files"] {
            #expect(try await scene.count("SELECT COUNT(*) FROM \(raw: table)") == 0, "\(table)")
        }
        let sets = try await scene.count("SELECT COUNT(*) FROM upload_sets WHERE id = \(scene.scene.set.id)")
        #expect(sets == 0)
    }

    @Test("an upload set deleted after its pictures goes with the last of them")
    func emptied() async throws {
        let scene = try await RemovalScene(.sqlite)
        let set = UploadSet(
            accountID: scene.scene.owner.id, labelID: scene.scene.label.id, title: "kept",
            createdAt: TestCatalogue.epoch)
        // It has a sequence that was made before its pictures.
        let kept = PictureSequence(
            accountID: scene.scene.owner.id, labelID: scene.scene.label.id, uploadSetID: set.id, title: "kept",
            visibility: .loggedOnly, createdAt: TestCatalogue.epoch, updatedAt: TestCatalogue.epoch)
        try await scene.catalogue.uploadSets.create(set, with: kept)
        let picture = try await scene.test.admit(TestPicture("kept.jpg"), to: set)
        try await scene.remove([picture])
        let deletion = try await scene.removals.remove(set.id, until: scene.until, by: scene.owner)
        #expect(deletion.removal == nil)
        #expect(try await scene.catalogue.sequences.find(kept.id, viewer: scene.owner) == nil)
        #expect(try await scene.removals.finishDue(at: scene.until) == 1)
        try await scene.test.process()
        #expect(try await scene.count("SELECT COUNT(*) FROM upload_sets WHERE id = \(set.id)") == 0)
        #expect(try await scene.count("SELECT COUNT(*) FROM sequences WHERE id = \(kept.id)") == 0)
    }

    @Test("what a report waits about goes at once, the rest does not", arguments: CatalogueEngines.allCases)
    func reported(engine: CatalogueEngines) async throws {
        let scene = try await RemovalScene(engine)
        let draft = try ReportDraft(issue: .privacy, target: .picture(scene.ids[2]), comments: "me", email: nil)
        let reader = scene.scene.reader.viewer
        let quota = HourlyQuota(.reports, of: "reader", limit: 9)
        let report = try await scene.catalogue.reports.make(draft, viewer: reader, quota: quota, at: .now)
        let outcome = try await scene.removals.remove(scene.ids, until: scene.until, by: scene.owner)
        #expect(outcome.changed.count == 5 && outcome.receipts.count == 1)
        let removal = try #require(outcome.removals.first)
        #expect(try await scene.removals.find(removal, viewer: scene.owner)?.pictures == 4)
        #expect(try await scene.catalogue.reports.find(report.id, viewer: .system)?.status == .solved)
        try await scene.test.process()
        #expect(try await scene.count("SELECT COUNT(*) FROM pictures WHERE id = \(scene.ids[2])") == 0)
        #expect(try await scene.removals.restore(removal, by: scene.owner) == 4)
        try await scene.expectSeen(scene.ids.filter { $0 != scene.ids[2] })
    }

    @Test("an account takes along what it had deleted, handed over or not", arguments: [true, false])
    func account(isHandedOver: Bool) async throws {
        let scene = try await RemovalScene(.sqlite)
        let heir = try await scene.test.addAccount("heir", .field)
        try await scene.remove([scene.ids[0]])
        let (set, _) = try await scene.test.addPreparedPictures(
            [TestPicture("far.jpg")], by: scene.scene.owner, label: scene.scene.label)
        _ = try await scene.removals.remove(set.id, until: scene.until, by: scene.owner)
        let legacy: AccountLegacy = isHandedOver ? .handedTo(heir.id) : .erased
        let receipt = try await scene.catalogue.accounts.delete(
            scene.scene.owner.id, leaving: legacy, by: scene.admin.viewer)
        #expect(try await scene.count("SELECT COUNT(*) FROM removals") == 0)
        try await scene.test.process()
        let erasure = try #require(try await scene.catalogue.erasures.find(receipt, viewer: .system))
        #expect(erasure.pictures == (isHandedOver ? 2 : 6) && erasure.finishedAt != nil)
        #expect(try await scene.count("SELECT COUNT(*) FROM pictures") == (isHandedOver ? 4 : 0))
        #expect(try await scene.count("SELECT COUNT(*) FROM accounts WHERE id = \(scene.scene.owner.id)") == 0)
    }

    @Test("a copy of the catalogue for another place leaves it behind")
    func archive() async throws {
        let scene = try await RemovalScene(.sqlite)
        try await scene.remove([scene.ids[0]])
        _ = try await scene.removals.remove(scene.scene.set.id, until: scene.until, by: scene.owner)
        try await scene.catalogue.archive.makePortable()
        #expect(try await scene.removals.list(before: nil, limit: 9, viewer: .system).isEmpty)
        #expect(try await scene.catalogue.archive.pictures(after: nil, limit: 9).isEmpty)
        try await scene.test.process()
        #expect(try await scene.count("SELECT COUNT(*) FROM pictures") == 0)
    }

    @Test("deleting the sequence at once takes what of it waits, too")
    func atOnce() async throws {
        let scene = try await RemovalScene(.sqlite)
        try await scene.remove([scene.ids[0]])
        let receipt = try await scene.catalogue.sequences.delete(try await scene.scene.sequence(of: scene.ids[1]))
        try await scene.test.process()
        #expect(try await scene.catalogue.erasures.find(receipt, viewer: .system)?.pictures == 5)
        #expect(try await scene.count("SELECT COUNT(*) FROM pictures") == 0)
        #expect(try await scene.count("SELECT COUNT(*) FROM sequences") == 0)
    }
}
