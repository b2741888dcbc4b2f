import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Who sees what")
struct VisibilityTests {
    /// Two labels; each with an owner, and readers of every role with and without a grant.
    struct Scene {
        let test: TestCatalogue
        let label: CameraLabel
        let owner: Account
        let viewers: [String: Viewer]

        init(_ engine: CatalogueEngines) async throws {
            test = try await TestCatalogue(engine)
            label = try await test.addLabel("vehicle-7")
            let other = try await test.addLabel("vehicle-8")
            owner = try await test.addAccount("owner", .field, grants: [label])
            var viewers: [String: Viewer] = ["guest": .guest, "system": .system, "owner": owner.viewer]
            for role in Role.allCases {
                viewers["\(role) with"] = try await test.addAccount("\(role)-with", role, grants: [label]).viewer
                viewers["\(role) without"] = try await test.addAccount("\(role)-without", role, grants: [other]).viewer
            }
            self.viewers = viewers
        }

        func viewer(_ name: String) throws -> Viewer { try #require(viewers[name]) }

        /// The names of the viewers for whom `sees` holds.
        func those(_ sees: (Viewer) async throws -> Bool) async throws -> Set<String> {
            var names: Set<String> = []
            for (name, viewer) in viewers where try await sees(viewer) { names.insert(name) }
            return names
        }
    }

    static let everyone: Set<String> = [
        "guest", "system", "owner", "viewer with", "viewer without", "field with", "field without", "manager with",
        "manager without", "admin with", "admin without",
    ]
    static let granted: Set<String> = [
        "system", "owner", "viewer with", "field with", "manager with", "admin with", "admin without",
    ]
    static let ownerAndAdmins: Set<String> = ["system", "owner", "admin with", "admin without"]
    static let managing: Set<String> = ["system", "owner", "manager with", "admin with", "admin without"]

    /// The tile of zoom 15 that holds the point.
    static func tile(of point: GeoPoint) -> (x: Int, y: Int) {
        let cell = Morton.cell(point)
        return (Int(cell.x >> 16), Int(cell.y >> 16))
    }

    /// Every read that lists pictures, asked for one picture.
    static func lists(_ id: PictureID, _ catalogue: Catalogue, _ viewer: Viewer) async throws -> [String: Bool] {
        let z15 = tile(of: TestPicture().position)
        let listed = try await catalogue.pictures.search(PictureQuery(), viewer: viewer).contains {
            $0.picture.id == id
        }
        let box = BoundingBox(west: 2.35, south: 48.85, east: 2.36, north: 48.86)
        let boxed = try await catalogue.pictures.search(PictureQuery(box: box), viewer: viewer)
        let named = try await catalogue.pictures.search(PictureQuery(ids: [id]), viewer: viewer)
        let tile = try await catalogue.map.pictures(z: 15, x: z15.x, y: z15.y, viewer: viewer)
        let lines = try await catalogue.map.sequences(z: 15, x: z15.x, y: z15.y, viewer: viewer)
        let far = try await catalogue.map.sequences(z: 8, x: z15.x >> 7, y: z15.y >> 7, viewer: viewer)
        let kept = try await catalogue.map.grid(z: 0, x: 0, y: 0, viewer: viewer)
        let counted = try await catalogue.map.grid(z: 15, x: z15.x, y: z15.y, viewer: viewer)
        let sequences = try await catalogue.sequences.list(SequenceQuery(), viewer: viewer)
        let count = try await catalogue.pictures.count(viewer: viewer)
        return [
            "search": listed, "search by box": boxed.contains { $0.picture.id == id },
            "search by id": named.contains { $0.picture.id == id }, "tile": tile.contains { $0.id == id },
            "lines": !lines.isEmpty, "lines from afar": !far.isEmpty, "kept grid": !kept.isEmpty,
            "counted grid": !counted.isEmpty, "sequences": !sequences.isEmpty, "count": count == 1,
        ]
    }

    @Test(
        "a listed picture is in every list of those it is for, and in none of the others",
        arguments: CatalogueEngines.allCases,
        [(Visibility.ownerOnly, ownerAndAdmins), (.loggedOnly, granted), (.anyone, everyone)])
    func listed(engine: CatalogueEngines, rule: (Visibility, Set<String>)) async throws {
        let scene = try await Scene(engine)
        let id = try await scene.test.addPreparedPicture(by: scene.owner, label: scene.label, visibility: rule.0)
        let catalogue = scene.test.catalogue
        for (name, viewer) in scene.viewers {
            for (list, sees) in try await Self.lists(id, catalogue, viewer) {
                #expect(sees == rule.1.contains(name), "\(list) for \(name)")
            }
        }
        #expect(try await scene.those { try await catalogue.pictures.find(id, viewer: $0) != nil } == rule.1)
        #expect(try await scene.those { try await catalogue.pictures.item(id, viewer: $0) != nil } == rule.1)
        #expect(try await scene.those { try await catalogue.pictures.file(id, kind: .sd, viewer: $0) != nil } == rule.1)
    }

    @Test(
        "a picture that is not listed yet is found by id only by those who answer for it",
        arguments: CatalogueEngines.allCases)
    func waiting(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let catalogue = scene.test.catalogue
        let set = try await scene.test.addUploadSet(by: scene.owner, label: scene.label)
        let id = try await scene.test.admit(to: set)
        for step in 0..<2 {
            #expect(try await scene.those { try await catalogue.pictures.find(id, viewer: $0) != nil } == Self.managing)
            let item = try #require(try await catalogue.pictures.item(id, viewer: scene.owner.viewer))
            #expect([item.producer, item.label] as [String] == ["owner", "vehicle-7"])
            #expect(item.previous == nil)
            for (name, viewer) in scene.viewers {
                for (list, sees) in try await Self.lists(id, catalogue, viewer) {
                    #expect(!sees, "\(list) for \(name)")
                }
                #expect(
                    (try await catalogue.pictures.file(id, kind: .sd, viewer: viewer) != nil)
                        == (step == 1 && Self.managing.contains(name)))
            }
            // Now prepared, but not dispatched: the set is still open.
            try await scene.test.process()
        }
    }

    @Test(
        "upload sets are seen by owner, managers of the label and administrators",
        arguments: CatalogueEngines.allCases)
    func uploadSets(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let sets = scene.test.catalogue.uploadSets
        let set = try await scene.test.addUploadSet(by: scene.owner, label: scene.label)
        #expect(try await scene.those { try await sets.find(set.id, viewer: $0) != nil } == Self.managing)
        let listed = try await scene.those { viewer in
            !(try await sets.list(of: nil, dispatched: nil, before: nil, limit: 10, viewer: viewer)).isEmpty
        }
        #expect(listed == Self.managing)
    }

    @Test("labels are seen by those they are granted to, and by administrators", arguments: CatalogueEngines.allCases)
    func labels(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let labels = scene.test.catalogue.labels
        #expect(try await scene.those { try await labels.find(scene.label.id, viewer: $0) != nil } == Self.granted)
        #expect(try await scene.those { try await labels.find(name: "VEHICLE-7", viewer: $0) != nil } == Self.granted)
        let listed = try await scene.those { try await labels.list(viewer: $0).contains(scene.label) }
        #expect(listed == Self.granted)
    }

    @Test(
        "a withdrawn grant hides everything at once, and changes the map's version",
        arguments: CatalogueEngines.allCases)
    func withdrawal(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let catalogue = scene.test.catalogue
        let id = try await scene.test.addPreparedPicture(by: scene.owner, label: scene.label)
        let viewer = try scene.viewer("viewer with")
        let account = try #require(viewer.accountID)
        let before = try await catalogue.map.version(viewer: viewer)
        try await catalogue.labels.withdraw(scene.label.id, from: account)
        #expect(try await catalogue.map.version(viewer: viewer) != before)
        for (list, sees) in try await Self.lists(id, catalogue, viewer) { #expect(!sees, "\(list)") }
        #expect(try await catalogue.pictures.find(id, viewer: viewer) == nil)
    }

    @Test(
        "hiding one picture takes it out of neighbours, lines and figures of others",
        arguments: CatalogueEngines.allCases)
    func hiddenNeighbour(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let catalogue = scene.test.catalogue
        let tests = (0..<3).map { index in
            TestPicture(
                // The one in the middle is a corner of the line.
                "\(index).jpg",
                at: GeoPoint(longitude: 2.35 + Double(index) / 1000, latitude: index == 1 ? 48.8576 : 48.8566),
                capturedAt: TestCatalogue.epoch.addingTimeInterval(Double(index)))
        }
        let ids = try await scene.test.addPreparedPictures(tests, by: scene.owner, label: scene.label).pictures
        let reader = try scene.viewer("field with")
        let sequence = try #require(try await catalogue.pictures.find(ids[0], viewer: .system)?.sequenceID)
        let version = try await catalogue.map.version(viewer: reader)
        try await catalogue.pictures.setVisibility(ids[1], .ownerOnly)
        #expect(try await catalogue.map.version(viewer: reader) != version)

        let item = try #require(try await catalogue.pictures.item(ids[0], viewer: reader))
        #expect(item.next?.id == ids[2])
        #expect(try await catalogue.pictures.item(ids[0], viewer: scene.owner.viewer)?.next?.id == ids[1])
        #expect(try await catalogue.pictures.item(ids[1], viewer: reader) == nil)
        #expect(try await catalogue.pictures.file(ids[1], kind: .thumb, viewer: reader) == nil)
        let page = try await catalogue.pictures.items(of: sequence, afterRank: 0, limit: 10, viewer: reader)
        #expect(page.map(\.picture.id) == [ids[0], ids[2]])
        #expect(try await catalogue.sequences.find(sequence, viewer: reader)?.pictures == 2)
        #expect(try await catalogue.sequences.find(sequence, viewer: scene.owner.viewer)?.pictures == 3)
        let z15 = Self.tile(of: tests[1].position)
        let corner = MapPoint(tests[1].position)
        let lines = try await catalogue.map.sequences(z: 15, x: z15.x, y: z15.y, viewer: reader)
        #expect(lines.count == 1)
        #expect(lines.first?.line.contains(corner) == false)
        let own = try await catalogue.map.sequences(z: 15, x: z15.x, y: z15.y, viewer: scene.owner.viewer)
        #expect(own.first?.line.contains(corner) == true)
    }

    @Test(
        "an owner-only sequence hides all its pictures, and opens again without opening those hidden alone",
        arguments: CatalogueEngines.allCases)
    func hiddenSequence(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let catalogue = scene.test.catalogue
        let tests = (0..<2).map { index in
            TestPicture("\(index).jpg", capturedAt: TestCatalogue.epoch.addingTimeInterval(Double(index)))
        }
        let ids = try await scene.test.addPreparedPictures(tests, by: scene.owner, label: scene.label).pictures
        let reader = try scene.viewer("manager with")
        let id = try #require(try await catalogue.pictures.find(ids[0], viewer: .system)?.sequenceID)
        try await catalogue.pictures.setVisibility(ids[1], .ownerOnly)
        try await catalogue.sequences.edit(id, SequenceEdit(visibility: .ownerOnly), by: .system)
        #expect(try await catalogue.sequences.find(id, viewer: reader) == nil)
        #expect(try await catalogue.pictures.find(ids[0], viewer: reader) == nil)
        #expect(try await catalogue.pictures.find(ids[0], viewer: .system)?.visibility == .ownerOnly)
        try await catalogue.sequences.edit(id, SequenceEdit(visibility: .loggedOnly), by: .system)
        #expect(try await catalogue.pictures.find(ids[0], viewer: reader) != nil)
        #expect(try await catalogue.pictures.find(ids[1], viewer: reader) == nil)
    }
}
