import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Tags and annotations")
struct SemanticTests {
    private let stop = SemanticTag(key: "osm|traffic_sign", value: "stop")
    private let yield = SemanticTag(key: "osm|traffic_sign", value: "give_way")
    private let shape = Polygon(x: 10, y: 20, width: 30, height: 40)

    @Test(
        "several values of a key stand side by side; the same pair twice is refused and changes nothing",
        arguments: CatalogueEngines.allCases)
    func pairs(_ engine: CatalogueEngines) async throws {
        let scene = try await SemanticScene(engine)
        let semantics = scene.catalogue.semantics
        for subject in [
            SemanticSubject.picture(scene.picture), .sequence(scene.sequence), .uploadSet(scene.set.id),
        ] {
            try await semantics.edit(subject, [.init(.add, stop), .init(.add, yield)], by: scene.owner.viewer)
            #expect(try await semantics.tags(of: subject) == [yield, stop])
            await #expect(throws: Failure.self) {
                try await semantics.edit(
                    subject, [.init(.delete, yield), .init(.add, stop)], by: scene.owner.viewer)
            }
            #expect(try await semantics.tags(of: subject) == [yield, stop])
            try await semantics.edit(subject, [.init(.delete, stop)], by: scene.owner.viewer)
            await #expect(throws: Failure.self) {
                try await semantics.edit(subject, [.init(.delete, stop)], by: scene.owner.viewer)
            }
            if case .uploadSet = subject { continue }
            // Begin the next alone.
            try await semantics.edit(subject, [.init(.delete, yield)], by: scene.owner.viewer)
        }
    }

    @Test(
        "documents carry the tags: of the picture, of its sequence, of the upload set",
        arguments: CatalogueEngines.allCases)
    func documents(_ engine: CatalogueEngines) async throws {
        let scene = try await SemanticScene(engine)
        try await scene.catalogue.semantics.edit(
            .picture(scene.picture), [.init(.add, stop)], by: scene.owner.viewer)
        try await scene.catalogue.semantics.edit(
            .sequence(scene.sequence), [.init(.add, yield)], by: scene.owner.viewer)
        let item = try await scene.item()
        #expect(item.semantics == [stop])
        #expect(item.sequenceSemantics == [yield])
        let viewer = scene.owner.viewer
        #expect(try await scene.catalogue.sequences.find(scene.sequence, viewer: viewer)?.semantics == [yield])
        #expect(
            try await scene.catalogue.sequences.list(SequenceQuery(limit: 5), viewer: viewer).map(\.semantics)
                == [[yield]])
        #expect(try await scene.catalogue.pictures.search(PictureQuery(), viewer: viewer).map(\.semantics) == [[stop]])
        #expect(
            try await scene.catalogue.pictures.items(of: scene.sequence, afterRank: 0, limit: 5, viewer: viewer)
                .map(\.semantics) == [[stop]])
    }

    @Test(
        "sequences follow their upload set, also those that are cut later",
        arguments: CatalogueEngines.allCases)
    func inheritance(_ engine: CatalogueEngines) async throws {
        let scene = try await SemanticScene(engine)
        let semantics = scene.catalogue.semantics
        try await semantics.edit(.sequence(scene.sequence), [.init(.add, yield)], by: scene.owner.viewer)
        try await semantics.edit(
            .uploadSet(scene.set.id), [.init(.add, stop), .init(.add, yield)], by: scene.owner.viewer)
        #expect(try await semantics.tags(of: .sequence(scene.sequence)) == [yield, stop])
        #expect(try await scene.catalogue.uploadSets.status(scene.set.id).semantics == [yield, stop])

        let set = try await scene.test.addUploadSet(by: scene.owner, label: scene.label)
        try await semantics.edit(.uploadSet(set.id), [.init(.add, stop)], by: scene.owner.viewer)
        let picture = try await scene.test.admit(TestPicture("other.jpg"), to: set)
        try await scene.catalogue.uploadSets.complete(set.id, at: .now)
        try await scene.test.process()
        let sequence = try #require(
            try await scene.catalogue.pictures.find(picture, viewer: .system)?.sequenceID)
        #expect(try await semantics.tags(of: .sequence(sequence)) == [stop])
    }

    @Test(
        "each change is kept with who made it and when; a picture's history holds its annotations'",
        arguments: CatalogueEngines.allCases)
    func history(_ engine: CatalogueEngines) async throws {
        let scene = try await SemanticScene(engine)
        let before = Date.now
        try await scene.catalogue.semantics.edit(
            .picture(scene.picture), [.init(.add, stop)], by: scene.owner.viewer)
        let annotation = try await scene.catalogue.annotations.add(
            shape, to: scene.picture, tags: [yield], by: scene.owner.viewer)
        _ = try await scene.catalogue.annotations.edit(
            annotation.id, [.init(.delete, yield)], by: .system)
        let edits = try await scene.catalogue.semantics.history(
            of: .picture(scene.picture), before: nil, limit: 10)
        #expect(edits.map(\.changes) == [[.init(.delete, yield)], [.init(.add, yield)], [.init(.add, stop)]])
        #expect(edits.map(\.accountID) == [nil, scene.owner.id, scene.owner.id])
        #expect(edits.map(\.annotationID) == [annotation.id, annotation.id, nil])
        #expect(edits.allSatisfy { $0.madeAt >= before.addingTimeInterval(-1) && $0.madeAt <= .now })
        let older = try await scene.catalogue.semantics.history(
            of: .picture(scene.picture), before: edits[1].number, limit: 10)
        #expect(older.map(\.changes) == [[.init(.add, stop)]])
    }

    @Test(
        "the same shape is the same annotation; without a tag it is gone",
        arguments: CatalogueEngines.allCases)
    func shapes(_ engine: CatalogueEngines) async throws {
        let scene = try await SemanticScene(engine)
        let annotations = scene.catalogue.annotations, by = scene.owner.viewer
        let first = try await annotations.add(shape, to: scene.picture, tags: [stop], by: by)
        let again = try await annotations.add(shape, to: scene.picture, tags: [yield], by: by)
        #expect(again.id == first.id && again.tags == [yield, stop])
        let other = try await annotations.add(
            Polygon(x: 10, y: 20, width: 30, height: 41), to: scene.picture, tags: [stop], by: by)
        #expect(other.id != first.id)
        #expect(try await scene.item().annotations.map(\.id) == [first.id, other.id])
        await #expect(throws: Failure.self) {
            try await annotations.add(
                Polygon(x: 0, y: 0, width: 1, height: 1), to: scene.picture, tags: [], by: by)
        }
        await #expect(throws: Failure.self) {
            try await annotations.add(
                Polygon(x: 0, y: 0, width: 1, height: 1), to: scene.picture, id: other.id, tags: [stop], by: by)
        }
        #expect(try await annotations.edit(first.id, [.init(.delete, stop)], by: by)?.tags == [yield])
        #expect(try await annotations.edit(first.id, [.init(.delete, yield)], by: by) == nil)
        #expect(try await annotations.find(first.id, viewer: by) == nil)
        try await annotations.delete(other.id, by: by)
        #expect(try await scene.item().annotations.isEmpty)
    }

    @Test(
        "an annotation is seen by who sees the picture, and by nobody else",
        arguments: CatalogueEngines.allCases)
    func sight(_ engine: CatalogueEngines) async throws {
        let scene = try await SemanticScene(engine)
        let annotation = try await scene.catalogue.annotations.add(
            shape, to: scene.picture, tags: [stop], by: scene.owner.viewer)
        let stranger = try await scene.test.addAccount("stranger", .manager).viewer
        let colleague = try await scene.test.addAccount("colleague", .viewer, grants: [scene.label]).viewer
        for (viewer, sees) in [(Viewer.guest, false), (stranger, false), (colleague, true), (.system, true)] {
            #expect((try await scene.catalogue.annotations.find(annotation.id, viewer: viewer) != nil) == sees)
            let listed = try await scene.catalogue.annotations.list(of: scene.picture, viewer: viewer)
            #expect(listed.isEmpty != sees)
        }
        try await scene.catalogue.pictures.setVisibility(scene.picture, .ownerOnly)
        #expect(try await scene.catalogue.annotations.find(annotation.id, viewer: colleague) == nil)
        #expect(try await scene.catalogue.annotations.list(of: scene.picture, viewer: colleague).isEmpty)
    }

    @Test(
        "of one picture is said only so much, on it and on its regions together, and nothing is lost by trying more",
        arguments: CatalogueEngines.allCases)
    func volume(_ engine: CatalogueEngines) async throws {
        let scene = try await SemanticScene(engine)
        let by = scene.owner.viewer
        let long = { (key: String) in SemanticTag(key: key, value: String(repeating: "é", count: 2_000)) }
        let picture = SemanticSubject.picture(scene.picture)
        for index in 0..<30 {
            try await scene.catalogue.semantics.edit(picture, [.init(.add, long("a\(index)"))], by: by)
        }
        let annotation = try await scene.catalogue.annotations.add(
            shape, to: scene.picture, tags: (0..<18).map { long("b\($0)") }, by: by)
        for body in [
            { try await scene.catalogue.semantics.edit(picture, (0..<3).map { .init(.add, long("c\($0)")) }, by: by) },
            {
                _ = try await scene.catalogue.annotations.edit(
                    annotation.id, (0..<3).map { .init(.add, long("c\($0)")) }, by: by)
            },
        ] as [() async throws -> Void] {
            let failure = await #expect(throws: Failure.self) { try await body() }
            #expect(failure?.code == .unprocessable)
        }
        let item = try await scene.item()
        #expect(item.annotations.first?.tags.count == 18)
        try await scene.catalogue.semantics.edit(picture, [.init(.delete, long("a0"))], by: by)
        try await scene.catalogue.semantics.edit(.sequence(scene.sequence), [.init(.add, long("d"))], by: by)
    }
}
