import Catalogue
import Crypto
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Receipts for the erased")
struct ErasureTests {
    /// An owner with two sets of two pictures, and an administrator.
    private struct Scene {
        let test: TestCatalogue
        let label: CameraLabel
        let owner: Account
        let admin: Account
        let sets: [UploadSet]
        let pictures: [PictureID]

        init(_ engine: CatalogueEngines) async throws {
            test = try await TestCatalogue(engine)
            label = try await test.addLabel("CAM")
            owner = try await test.addAccount("olga", .field, grants: [label])
            admin = try await test.addAccount("ada", .admin)
            var (sets, pictures): ([UploadSet], [PictureID]) = ([], [])
            for index in 0..<2 {
                let added = try await test.addPreparedPictures(
                    [TestPicture("\(index)a.jpg"), TestPicture("\(index)b.jpg")], by: owner, label: label)
                sets.append(added.set)
                pictures += added.pictures
            }
            (self.sets, self.pictures) = (sets, pictures)
        }

        var catalogue: Catalogue { test.catalogue }

        func count(_ statement: SQLStatement) async throws -> Int64 {
            try await catalogue.engine.read { try $0.number(statement) }
        }
    }

    @Test(
        "a receipt is pending until the last byte is gone, then done, with a proof for each picture",
        arguments: CatalogueEngines.allCases)
    func life(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let erasures = scene.catalogue.erasures
        let hashes = try await scene.pictures.prefix(2).asyncMap {
            try #require(try await scene.catalogue.pictures.find($0, viewer: .system)).originalSHA256
        }
        let receipt = try await scene.catalogue.uploadSets.delete(scene.sets[0].id, by: scene.owner.viewer)
        var erasure = try #require(try await erasures.find(receipt, viewer: scene.owner.viewer))
        #expect(erasure.kind == .uploadSet && erasure.subject == scene.sets[0].id.string)
        #expect(erasure.pictures == 2 && erasure.remaining == 2 && erasure.finishedAt == nil)
        let jobs = try await scene.test.claim()
        #expect(jobs.count == 2)
        for (index, job) in jobs.enumerated() {
            #expect(try await erasures.find(receipt, viewer: scene.owner.viewer)?.finishedAt == nil)
            try await scene.test.work(on: job)
            #expect(try await erasures.find(receipt, viewer: scene.owner.viewer)?.remaining == 1 - index)
        }
        erasure = try #require(try await erasures.find(receipt, viewer: scene.owner.viewer))
        #expect(erasure.finishedAt != nil)
        let expected = Set(
            hashes.map { hash in
                SHA256.hash(data: Data((erasure.salt + hash).utf8)).map { String(format: "%02x", $0) }.joined()
            })
        let proofs = try await erasures.proofs(of: receipt)
        #expect(Set(proofs.map(\.digest)) == expected && expected.count == 2)
        #expect(Set(proofs.map(\.picture)) == Set(scene.pictures.prefix(2)))
        // No hash of a picture is kept as it is, and nothing of the set.
        for hash in hashes {
            #expect(try await scene.count("SELECT COUNT(*) FROM pictures WHERE original_sha256 = \(hash)") == 0)
            #expect(!proofs.contains { $0.digest == hash })
        }
        #expect(try await scene.count("SELECT COUNT(*) FROM upload_sets WHERE id = \(scene.sets[0].id)") == 0)
    }

    @Test(
        "what is erased and comes again under its identifier is erased again, with a receipt of its own",
        arguments: CatalogueEngines.allCases)
    func again(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let (catalogue, owner, id) = (scene.catalogue, scene.owner.viewer, scene.pictures[0])
        var receipts = [try await catalogue.pictures.delete(id, by: owner)]
        try await scene.test.process()
        let set = try await scene.test.addUploadSet(by: scene.owner, label: scene.label)
        try await scene.test.admit(as: id, to: set)
        receipts.append(try await catalogue.pictures.delete(id, by: owner))
        #expect(try await catalogue.erasures.find(receipts[0], viewer: owner)?.finishedAt != nil)
        #expect(try await catalogue.erasures.find(receipts[1], viewer: owner)?.remaining == 1)
        try await scene.test.process()
        try await scene.test.admit(as: id, to: set)
        receipts.append(try await catalogue.uploadSets.delete(set.id, by: owner))
        try await scene.test.process()
        for receipt in receipts {
            let erasure = try #require(try await catalogue.erasures.find(receipt, viewer: owner))
            #expect(erasure.pictures == 1 && erasure.remaining == 0 && erasure.finishedAt != nil)
            #expect(try await catalogue.erasures.proofs(of: receipt).map(\.picture) == [id])
        }
        // One that is forgotten takes no other's proof along.
        #expect(try await catalogue.erasures.forget(finishedBefore: .distantFuture, limit: 9))
        let left = try await catalogue.erasures.list(before: nil, limit: 9, viewer: owner).map(\.id)
        #expect(left.count == 2)
        for receipt in left { #expect(try await catalogue.erasures.proofs(of: receipt).count == 1) }
    }

    @Test("a receipt is seen by who asked and by administrators, newest first", arguments: CatalogueEngines.allCases)
    func visibility(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let other = try await scene.test.addAccount("otto", .manager, grants: [scene.label])
        let catalogue = scene.catalogue
        let first = try await catalogue.pictures.delete(scene.pictures[0], by: scene.owner.viewer)
        let sequence = try #require(try await catalogue.pictures.find(scene.pictures[2], viewer: .system)?.sequenceID)
        let second = try await catalogue.sequences.delete(sequence, by: other.viewer)
        let viewers: [(Viewer, [ErasureID])] = [
            (scene.owner.viewer, [first]), (other.viewer, [second]), (scene.admin.viewer, [second, first]),
            (.guest, []), (.account(AccountID(), .viewer), []),
        ]
        for (viewer, seen) in viewers {
            #expect(try await catalogue.erasures.list(before: nil, limit: 9, viewer: viewer).map(\.id) == seen)
            for id in [first, second] {
                #expect((try await catalogue.erasures.find(id, viewer: viewer) != nil) == seen.contains(id))
            }
        }
        let newest = try await catalogue.erasures.list(before: nil, limit: 1, viewer: scene.admin.viewer)
        let rest = try await catalogue.erasures.list(before: newest.first, limit: 9, viewer: scene.admin.viewer)
        #expect(newest.map(\.id) + rest.map(\.id) == [second, first])
    }

    @Test(
        "a receipt is forgotten a while after everything is gone, in pieces, and never before",
        arguments: CatalogueEngines.allCases)
    func forgotten(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let erasures = scene.catalogue.erasures
        let done = try await scene.catalogue.uploadSets.delete(scene.sets[0].id, by: scene.owner.viewer)
        #expect(try await !erasures.forget(finishedBefore: .distantFuture, limit: 1))
        try await scene.test.process()
        let waiting = try await scene.catalogue.pictures.delete(scene.pictures[3], by: scene.owner.viewer)
        #expect(try await !erasures.forget(finishedBefore: .now.addingTimeInterval(-3600), limit: 1))
        #expect(try await erasures.proofs(of: done).count == 2)
        var rounds = 0
        while try await erasures.forget(finishedBefore: .distantFuture, limit: 1) { rounds += 1 }
        #expect(rounds == 3)
        #expect(try await erasures.find(done, viewer: .system) == nil)
        #expect(try await scene.count("SELECT COUNT(*) FROM erasure_pictures WHERE erasure_id = \(done)") == 0)
        #expect(try await erasures.find(waiting, viewer: .system)?.remaining == 1)
    }

    @Test(
        "an account goes at once, its name is free, and its row goes with its last picture",
        arguments: CatalogueEngines.allCases)
    func account(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let catalogue = scene.catalogue
        let token = AccessToken(
            accountID: scene.owner.id, purpose: .api, description: "QGIS", createdAt: .now,
            expiresAt: .distantFuture)
        try await catalogue.tokens.insert(token)
        _ = try await catalogue.accounts.countFailure(key: AccountStore.attemptKey(of: "Olga"), at: .now) { _ in nil }
        let receipt = try await catalogue.accounts.delete(
            scene.owner.id, leaving: .erased, by: scene.admin.viewer)
        #expect(try await catalogue.accounts.find(scene.owner.id) == nil)
        #expect(try await catalogue.accounts.find(name: "olga") == nil)
        #expect(try await catalogue.accounts.list().map(\.name) == ["ada"])
        #expect(try await catalogue.accounts.count() == 1)
        #expect(try await catalogue.tokens.find(token.id) == nil)
        #expect(try await catalogue.labels.grantees(scene.label.id).isEmpty)
        #expect(try await catalogue.accounts.attempts(key: AccountStore.attemptKey(of: "olga")).failures == 0)
        for id in scene.pictures { #expect(try await catalogue.pictures.find(id, viewer: .system) == nil) }
        // Somebody else may have the name before everything is removed.
        let second = try await scene.test.addAccount("Olga", .viewer)
        #expect(try await scene.count("SELECT COUNT(*) FROM accounts WHERE id = \(scene.owner.id)") == 1)
        #expect(try await catalogue.erasures.find(receipt, viewer: scene.admin.viewer)?.remaining == 4)
        try await scene.test.process()
        #expect(try await scene.count("SELECT COUNT(*) FROM accounts WHERE id = \(scene.owner.id)") == 0)
        #expect(try await scene.count("SELECT COUNT(*) FROM pictures") == 0)
        #expect(try await scene.count("SELECT COUNT(*) FROM upload_sets") == 0)
        #expect(try await scene.count("SELECT COUNT(*) FROM upload_files") == 0)
        let erasure = try #require(try await catalogue.erasures.find(receipt, viewer: scene.admin.viewer))
        #expect(erasure.kind == .account && erasure.pictures == 4 && erasure.finishedAt != nil)
        #expect(try await catalogue.erasures.find(receipt, viewer: second.viewer) == nil)
    }

    @Test(
        "handed over, pictures stay as they were, and the areas of both hold for them",
        arguments: CatalogueEngines.allCases)
    func handedOver(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let catalogue = scene.catalogue
        let heir = try await scene.test.addAccount("heir", .manager, grants: [])
        let reader = try await scene.test.addAccount("reader", .viewer, grants: [scene.label])
        let receipt = try await catalogue.accounts.delete(
            scene.owner.id, leaving: .handedTo(heir.id), by: scene.admin.viewer)
        let erasure = try #require(try await catalogue.erasures.find(receipt, viewer: scene.admin.viewer))
        #expect(erasure.handedOver == 4 && erasure.pictures == 0 && erasure.finishedAt != nil)
        #expect(try await scene.count("SELECT COUNT(*) FROM accounts WHERE id = \(scene.owner.id)") == 0)
        for id in scene.pictures {
            #expect(try await catalogue.pictures.find(id, viewer: heir.viewer)?.accountID == heir.id)
            #expect(try await catalogue.pictures.item(id, viewer: reader.viewer)?.producer == "heir")
        }
        let grid = try await catalogue.map.grid(z: 0, x: 0, y: 0, viewer: heir.viewer)
        #expect(grid.map { $0.flat + $0.equirectangular } == [4])
        #expect(try await catalogue.uploadSets.find(scene.sets[0].id, viewer: heir.viewer) != nil)
    }

    @Test(
        "areas follow their pictures, and those of the heir hold for what it is handed",
        arguments: CatalogueEngines.allCases)
    func areasFollow(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let catalogue = scene.catalogue
        let heir = try await scene.test.addAccount("heir", .field, grants: [scene.label])
        let reader = try await scene.test.addAccount("reader", .viewer, grants: [scene.label])
        let ring: [[Double]] = [[2, 48], [3, 48], [3, 49], [2, 49], [2, 48]]
        for account in [scene.owner.id, heir.id] {
            _ = try await catalogue.areas.add(
                ExcludedArea(accountID: account, label: "home", shape: try GeoShape(coordinates: [[ring]])))
        }
        try await catalogue.accounts.delete(scene.owner.id, leaving: .handedTo(heir.id), by: .system)
        #expect(try await catalogue.areas.list(of: heir.id).count == 2)
        for area in try await catalogue.areas.list(of: heir.id) {
            #expect(try await catalogue.pictures.find(scene.pictures[0], viewer: reader.viewer) == nil)
            _ = try await catalogue.areas.delete(area.id, of: heir.id)
        }
        #expect(try await catalogue.pictures.find(scene.pictures[0], viewer: reader.viewer) != nil)
    }

    @Test(
        "the last administrator stays, and nothing is handed to who cannot own it", arguments: CatalogueEngines.allCases
    )
    func refused(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let accounts = scene.catalogue.accounts
        let viewer = try await scene.test.addAccount("vera", .viewer)
        let failure = await #expect(throws: Failure.self) {
            try await accounts.delete(scene.admin.id, leaving: .erased, by: .system)
        }
        #expect(failure?.code == .conflict && failure?.details["reason"] == "last_administrator")
        for heir in [viewer.id, scene.owner.id, AccountID()] {
            let failure = await #expect(throws: Failure.self) {
                try await accounts.delete(scene.owner.id, leaving: .handedTo(heir), by: .system)
            }
            #expect(failure?.code == .unprocessable)
        }
        // Nothing of what was refused has happened.
        #expect(try await accounts.find(name: "olga") == scene.owner)
        #expect(try await scene.catalogue.erasures.list(before: nil, limit: 9, viewer: .system).isEmpty)
        let second = try await scene.test.addAccount("eve", .admin)
        try await accounts.delete(scene.admin.id, leaving: .erased, by: second.viewer)
        #expect(try await accounts.find(scene.admin.id) == nil)
        await #expect(throws: Failure.self) {
            try await accounts.delete(scene.admin.id, leaving: .erased, by: second.viewer)
        }
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ change: (Element) async throws -> Value) async rethrows -> [Value] {
        var result: [Value] = []
        for element in self { result.append(try await change(element)) }
        return result
    }
}
