import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Areas where nothing may be shown")
struct AreaTests {
    private static func square(
        _ west: Double, _ south: Double, size: Double = 0.01, _ kind: ExcludedArea.Kind = .excluded,
        of account: AccountID? = nil
    ) throws -> ExcludedArea {
        let (east, north) = (west + size, south + size)
        let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        return ExcludedArea(
            accountID: account, label: "square", kind: kind, shape: try GeoShape(coordinates: [[ring]]))
    }

    /// Around the place of `TestPicture()`.
    private static func home(_ kind: ExcludedArea.Kind = .excluded, of account: AccountID? = nil) throws -> ExcludedArea
    {
        try square(2.35, 48.85, kind, of: account)
    }

    @Test(
        "an area hides what is in it from everybody but owner and administrators, in every list, until it goes",
        arguments: CatalogueEngines.allCases)
    func hides(engine: CatalogueEngines) async throws {
        let scene = try await VisibilityTests.Scene(engine)
        let catalogue = scene.test.catalogue
        let id = try await scene.test.addPreparedPicture(by: scene.owner, label: scene.label)
        let far = try await scene.test.addPreparedPicture(
            TestPicture("far.jpg", at: GeoPoint(longitude: 5, latitude: 45)), by: scene.owner, label: scene.label)
        let reader = try scene.viewer("viewer with")
        let before = try await catalogue.map.version(viewer: reader)
        let area = try Self.home()
        #expect(try await catalogue.areas.add(area) == AreaEffect(hidden: 1))
        #expect(try await catalogue.map.version(viewer: reader) != before)
        for (name, viewer) in scene.viewers {
            for (list, sees) in try await VisibilityTests.lists(id, catalogue, viewer)
            where !["count", "sequences", "kept grid"].contains(list) {
                #expect(sees == VisibilityTests.ownerAndAdmins.contains(name), "\(list) for \(name)")
            }
        }
        #expect(
            try await scene.those { try await catalogue.pictures.find(id, viewer: $0) != nil }
                == VisibilityTests.ownerAndAdmins)
        #expect(
            try await scene.those { try await catalogue.pictures.file(id, kind: .sd, viewer: $0) != nil }
                == VisibilityTests.ownerAndAdmins)
        #expect(try await catalogue.pictures.find(far, viewer: reader) != nil)
        #expect(try await catalogue.pictures.count(viewer: reader) == 1)

        #expect(try await catalogue.areas.delete(area.id, of: nil) == AreaEffect(shown: 1))
        #expect(
            try await scene.those { try await catalogue.pictures.find(id, viewer: $0) != nil }
                == VisibilityTests.granted)
        #expect(try await catalogue.pictures.count(viewer: reader) == 2)
    }

    @Test(
        "opening a sequence does not open what an area hides, nor does the end of an area open what is owner-only",
        arguments: CatalogueEngines.allCases)
    func both(engine: CatalogueEngines) async throws {
        let scene = try await VisibilityTests.Scene(engine)
        let catalogue = scene.test.catalogue
        let id = try await scene.test.addPreparedPicture(by: scene.owner, label: scene.label)
        let reader = try scene.viewer("manager with")
        let area = try Self.home()
        _ = try await catalogue.areas.add(area)
        let sequenceID = try #require(try await catalogue.pictures.find(id, viewer: .system)?.sequenceID)
        for visibility in [Visibility.ownerOnly, .anyone, .loggedOnly] {
            try await catalogue.sequences.edit(sequenceID, SequenceEdit(visibility: visibility), by: .system)
            #expect(try await catalogue.pictures.find(id, viewer: reader) == nil)
        }
        try await catalogue.pictures.setVisibility(id, .anyone)
        #expect(try await catalogue.pictures.find(id, viewer: .guest) == nil)
        try await catalogue.pictures.setVisibility(id, .ownerOnly)
        _ = try await catalogue.areas.delete(area.id, of: nil)
        #expect(try await catalogue.pictures.find(id, viewer: reader) == nil)
    }

    @Test("of two areas over a picture, each keeps it hidden", arguments: CatalogueEngines.allCases)
    func overlapping(engine: CatalogueEngines) async throws {
        let scene = try await VisibilityTests.Scene(engine)
        let areas = scene.test.catalogue.areas
        try await scene.test.addPreparedPicture(by: scene.owner, label: scene.label)
        let (one, two) = (try Self.home(), try Self.square(2.352, 48.856))
        #expect(try await areas.add(one) == AreaEffect(hidden: 1))
        #expect(try await areas.add(two) == AreaEffect())
        #expect(try await areas.delete(one.id, of: nil) == AreaEffect())
        #expect(try await areas.delete(two.id, of: nil) == AreaEffect(shown: 1))
    }

    @Test("an account's own area is for its own pictures", arguments: CatalogueEngines.allCases)
    func own(engine: CatalogueEngines) async throws {
        let scene = try await VisibilityTests.Scene(engine)
        let catalogue = scene.test.catalogue
        let other = try await scene.test.addAccount("other", .field, grants: [scene.label])
        let mine = try await scene.test.addPreparedPicture(by: scene.owner, label: scene.label)
        let theirs = try await scene.test.addPreparedPicture(
            TestPicture("theirs.jpg"), by: other, label: scene.label)
        let area = try Self.home(of: scene.owner.id)
        #expect(try await catalogue.areas.add(area) == AreaEffect(hidden: 1))
        #expect(try await catalogue.pictures.find(mine, viewer: other.viewer) == nil)
        #expect(try await catalogue.pictures.find(theirs, viewer: scene.owner.viewer) != nil)
        #expect(try await catalogue.areas.list(onlyPublic: false).isEmpty)
        #expect(try await catalogue.areas.list(of: other.id).isEmpty)
        let failure = await #expect(throws: Failure.self) {
            try await catalogue.areas.delete(area.id, of: other.id)
        }
        #expect(failure?.code == .notFound)
        await #expect(throws: Failure.self) { try await catalogue.areas.delete(area.id, of: nil) }
    }

    @Test(
        "with allowed areas everything outside is hidden, and shown again with others",
        arguments: CatalogueEngines.allCases)
    func allowed(engine: CatalogueEngines) async throws {
        let scene = try await VisibilityTests.Scene(engine)
        let catalogue = scene.test.catalogue
        let near = try await scene.test.addPreparedPicture(by: scene.owner, label: scene.label)
        let far = try await scene.test.addPreparedPicture(
            TestPicture("far.jpg", at: GeoPoint(longitude: 5, latitude: 45)), by: scene.owner, label: scene.label)
        let reader = try scene.viewer("field with")
        func seen() async throws -> [Bool] {
            [
                try await catalogue.pictures.find(near, viewer: reader) != nil,
                try await catalogue.pictures.find(far, viewer: reader) != nil,
            ]
        }
        #expect(try await catalogue.areas.replaceGeneral(with: [try Self.home(.allowed)]) == AreaEffect(hidden: 1))
        #expect(try await seen() == [true, false])
        let elsewhere = try Self.square(4.995, 44.995, .allowed)
        #expect(try await catalogue.areas.replaceGeneral(with: [elsewhere]) == AreaEffect(hidden: 1, shown: 1))
        #expect(try await seen() == [false, true])
        #expect(try await catalogue.areas.replaceGeneral(with: []) == AreaEffect(shown: 1))
        #expect(try await seen() == [true, true])
    }

    @Test("a picture on 180° is hidden by an area on the other side of that line", arguments: CatalogueEngines.allCases)
    func antimeridian(engine: CatalogueEngines) async throws {
        let scene = try await VisibilityTests.Scene(engine)
        let catalogue = scene.test.catalogue
        try await scene.test.addPreparedPicture(
            TestPicture(at: GeoPoint(longitude: 180, latitude: -17)), by: scene.owner, label: scene.label)
        let area = try Self.square(-180, -17.005)
        #expect(try await catalogue.areas.add(area) == AreaEffect(hidden: 1))
        // And one that arrives now is refused.
        let set = try await scene.test.addUploadSet(by: scene.owner, label: scene.label)
        let late = try await scene.test.admit(
            TestPicture(at: GeoPoint(longitude: 180, latitude: -17)), to: set)
        try await scene.test.process()
        #expect(try await catalogue.pictures.treatment(late) == nil)
        #expect(try await catalogue.areas.delete(area.id, of: nil) == AreaEffect(shown: 1))
    }

    @Test(
        "a picture taken in an area is refused at inspection with its reason, and the batch goes on without it",
        arguments: CatalogueEngines.allCases, [true, false])
    func refused(engine: CatalogueEngines, isOwn: Bool) async throws {
        let scene = try await VisibilityTests.Scene(engine)
        let catalogue = scene.test.catalogue
        _ = try await catalogue.areas.add(try Self.home(of: isOwn ? scene.owner.id : nil))
        let set = try await scene.test.addUploadSet(by: scene.owner, label: scene.label)
        let inside = try await scene.test.admit(TestPicture("inside.jpg"), to: set)
        let outside = try await scene.test.admit(
            TestPicture("outside.jpg", at: GeoPoint(longitude: 5, latitude: 45)), to: set)
        try await catalogue.uploadSets.complete(set.id, at: TestCatalogue.epoch)
        try await scene.test.process()
        #expect(try await catalogue.pictures.treatment(inside) == nil)
        #expect(try await catalogue.pictures.find(outside, viewer: .system)?.sequenceID != nil)
        let files = try await catalogue.uploadSets.files(set.id, after: nil, limit: 10)
        let refused = files.filter { $0.rejection?.reason == .inExcludedArea }
        #expect(refused.map(\.path) == ["inside.jpg"] && refused.first?.pictureID == nil)
        #expect(files.filter { $0.rejection == nil }.map(\.path) == ["outside.jpg"])
    }

    @Test(
        "a picture that is being prepared when the area comes is hidden from the start",
        arguments: CatalogueEngines.allCases)
    func preparing(engine: CatalogueEngines) async throws {
        let scene = try await VisibilityTests.Scene(engine)
        let catalogue = scene.test.catalogue
        let set = try await scene.test.addUploadSet(by: scene.owner, label: scene.label)
        let id = try await scene.test.admit(to: set)
        let job = try #require(try await scene.test.claim().first)
        try await scene.test.work(on: job)
        let area = try Self.home()
        #expect(try await catalogue.areas.add(area) == AreaEffect(hidden: 1))
        try await catalogue.uploadSets.complete(set.id, at: TestCatalogue.epoch)
        try await scene.test.process()
        #expect(
            try await scene.those { try await catalogue.pictures.find(id, viewer: $0) != nil }
                == VisibilityTests.ownerAndAdmins)
        #expect(try await catalogue.areas.delete(area.id, of: nil) == AreaEffect(shown: 1))
        #expect(try await catalogue.pictures.find(id, viewer: try scene.viewer("viewer with")) != nil)
    }

    @Test("there are not more areas than there may be", arguments: CatalogueEngines.allCases)
    func limits(engine: CatalogueEngines) async throws {
        let scene = try await VisibilityTests.Scene(engine)
        let areas = scene.test.catalogue.areas
        for index in 0..<AreaStore.mostOwn {
            _ = try await areas.add(try Self.square(Double(index) / 10, 10, of: scene.owner.id))
        }
        let one = try Self.square(50, 10, of: scene.owner.id)
        let failure = await #expect(throws: Failure.self) { try await areas.add(one) }
        #expect(failure?.code == .conflict)
        let many = try (0...AreaStore.mostGeneral).map { try Self.square(Double($0) / 10, 10) }
        await #expect(throws: Failure.self) { try await areas.replaceGeneral(with: many) }
        #expect(try await areas.list(onlyPublic: false).isEmpty)
    }

    @Test(
        "managers see no upload set that its owner keeps, nor the file of a picture that is hidden",
        arguments: CatalogueEngines.allCases)
    func uploadSets(engine: CatalogueEngines) async throws {
        let scene = try await VisibilityTests.Scene(engine)
        let sets = scene.test.catalogue.uploadSets
        let added = try await scene.test.addPreparedPictures(
            [TestPicture("a.jpg"), TestPicture("b.jpg", at: GeoPoint(longitude: 5, latitude: 45))],
            by: scene.owner, label: scene.label)
        let manager = try scene.viewer("manager with")
        _ = try await scene.test.catalogue.areas.add(try Self.home())
        #expect(try await sets.files(added.set.id, after: nil, limit: 9, viewer: manager).map(\.path) == ["b.jpg"])
        #expect(
            try await sets.files(added.set.id, paths: ["a.jpg", "b.jpg"], viewer: manager).map(\.path) == ["b.jpg"])
        #expect(try await sets.files(added.set.id, after: nil, limit: 9, viewer: scene.owner.viewer).count == 2)
        let status = try await sets.status(added.set.id, viewer: manager)
        #expect(status.prepared == 1 && status.parts.first?.box?.west == 5)
        #expect(try await sets.status(added.set.id, viewer: scene.owner.viewer).prepared == 2)
        let set = added.set
        try await sets.edit(set.id, UploadSetEdit(visibility: .ownerOnly), by: .system)
        #expect(
            try await scene.those { try await sets.find(set.id, viewer: $0) != nil } == VisibilityTests.ownerAndAdmins)
        #expect(
            try await scene.those { viewer in
                !(try await sets.list(of: nil, dispatched: nil, before: nil, limit: 10, viewer: viewer)).isEmpty
            } == VisibilityTests.ownerAndAdmins)
    }
}
