import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Schemes of classes")
struct ClassTests {
    private struct Scene {
        let scene: SemanticScene
        let scheme: ClassScheme
        var classes: ClassSchemeStore { scene.catalogue.classes }
        var viewer: Viewer { scene.owner.viewer }

        init(_ engine: CatalogueEngines, _ subject: ClassScheme.Subject = .picture) async throws {
            scene = try await SemanticScene(engine)
            scheme = try ClassTests.scheme(subject, labels: [scene.label.id])
            try await scene.catalogue.classes.create(scheme, by: .system)
        }

        func states() async throws -> [ClassState] {
            try await classes.states(scheme, of: scene.sequence, afterRank: 0, limit: 10, viewer: viewer)
        }

        func done() async throws -> [Int] {
            try await classes.progress(scheme, limit: 10, viewer: viewer).map(\.done)
        }
    }

    private static func scheme(
        _ subject: ClassScheme.Subject = .picture, name: String = "Passability", labels: Set<CameraLabelID>? = nil
    ) throws -> ClassScheme {
        try ClassScheme(
            name: name, key: "passability", subject: subject,
            classes: [
                try PictureClass(
                    value: "passable", english: "Passable", french: "Praticable", colour: "#2a9d5c", digit: 1),
                try PictureClass(value: "blocked", english: "Blocked", french: "", colour: "#D1495B", digit: nil),
            ], labels: labels)
    }

    @Test("a scheme is kept as it was made, and changed as a whole", arguments: CatalogueEngines.allCases)
    func kept(_ engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let known = try #require(try await scene.classes.find(scene.scheme.id, viewer: .system))
        #expect(known.classes == scene.scheme.classes && known.labels == [scene.scene.label.id])
        #expect(known.classes[1].french == "Blocked" && known.classes[1].colour == "#d1495b")
        let other = try ClassScheme(
            id: known.id, name: "Roads", key: known.key, subject: known.subject, classes: [known.classes[1]])
        try await scene.classes.update(other, by: .system)
        let changed = try #require(try await scene.classes.find(known.id, viewer: .guest))
        #expect(changed.name == "Roads" && changed.labels == nil && changed.classes == [known.classes[1]])
        try await scene.classes.delete(known.id, by: .system)
        #expect(try await scene.classes.list(viewer: .system).isEmpty)
        await #expect(throws: Failure.self) { try await scene.classes.delete(known.id, by: .system) }
        let actions = try await scene.scene.catalogue.audit.list(before: nil, limit: 3).map(\.action)
        #expect(actions == ["classes.deleted", "classes.changed", "classes.created"])
    }

    @Test("two schemes have different names, whatever their case; a camera label that there is not is refused")
    func refused() async throws {
        let scene = try await Scene(.sqlite)
        await #expect(throws: Failure.self) {
            try await scene.classes.create(try Self.scheme(name: " PASSABILITY "), by: .system)
        }
        await #expect(throws: Failure.self) {
            try await scene.classes.create(try Self.scheme(name: "Other", labels: [CameraLabelID()]), by: .system)
        }
        #expect(try await scene.classes.list(viewer: .system).map(\.name) == ["Passability"])
    }

    @Test("a class replaces the one that was there, asking again changes nothing, and history and search know of it")
    func said() async throws {
        let scene = try await Scene(.sqlite)
        let picture = scene.scene.picture
        func say(_ value: String?) async throws -> [String] {
            try await scene.classes.say(value, in: scene.scheme, of: picture, by: scene.viewer).values
        }
        #expect(try await scene.done() == [0])
        #expect(try await say("passable") == ["passable"])
        #expect(try await say("blocked") == ["blocked"])
        #expect(try await say("blocked") == ["blocked"])
        #expect(try await scene.done() == [1])
        #expect(try await scene.scene.item().semantics == [SemanticTag(key: "passability", value: "blocked")])
        let history = try await scene.scene.catalogue.semantics.history(of: .picture(picture), before: nil, limit: 9)
        #expect(history.map(\.changes.count) == [2, 1])
        #expect(history.first?.accountID == scene.scene.owner.id)
        #expect(try await say(nil).isEmpty)
        #expect(try await scene.states().map(\.isDone) == [false])
        await #expect(throws: Failure.self) { _ = try await say("muddy") }
    }

    @Test("what a class does not name stays: tags of others, and other values of the key")
    func others() async throws {
        let scene = try await Scene(.sqlite)
        let tags = [SemanticTag(key: "passability", value: "by boat"), SemanticTag(key: "surface", value: "mud")]
        try await scene.scene.catalogue.semantics.edit(
            .picture(scene.scene.picture), tags.map { SemanticChange(.add, $0) }, by: scene.viewer)
        #expect(try await scene.done() == [0])
        _ = try await scene.classes.say("passable", in: scene.scheme, of: scene.scene.picture, by: scene.viewer)
        _ = try await scene.classes.say(nil, in: scene.scheme, of: scene.scene.picture, by: scene.viewer)
        #expect(try await scene.scene.item().semantics == tags)
    }

    @Test(
        "a picture with a box is done, and one that was looked through and has none",
        arguments: CatalogueEngines.allCases)
    func boxes(_ engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine, .box)
        let box = try await scene.scene.catalogue.annotations.add(
            Polygon(x: 1, y: 2, width: 30, height: 40), to: scene.scene.picture,
            tags: [SemanticTag(key: "passability", value: "blocked")], by: scene.viewer)
        #expect(try await scene.states().map(\.boxes) == [1])
        #expect(try await scene.done() == [1])
        try await scene.scene.catalogue.annotations.delete(box.id, by: scene.viewer)
        #expect(try await scene.done() == [0])
        for _ in 0..<2 {
            let state = try await scene.classes.mark(
                true, in: scene.scheme, of: scene.scene.picture, by: scene.viewer)
            #expect(state.isMarked && state.isDone && state.boxes == 0)
        }
        #expect(try await scene.done() == [1])
        _ = try await scene.classes.mark(false, in: scene.scheme, of: scene.scene.picture, by: scene.viewer)
        #expect(try await scene.done() == [0])
    }

    @Test("one knows the schemes of one's labels; progress is of what one may change, and states of what one sees")
    func sight() async throws {
        let scene = try await Scene(.sqlite), test = scene.scene.test
        let other = try await test.addLabel("OTHER")
        let viewers = [
            try await test.addAccount("reader", .viewer, grants: [scene.scene.label]),
            try await test.addAccount("boss", .manager, grants: [scene.scene.label]),
            try await test.addAccount("stranger", .manager, grants: [other]),
        ].map(\.viewer)
        var seen: [[Int]] = []
        for viewer in viewers {
            let known = try await scene.classes.list(viewer: viewer).count
            let states = try await scene.classes.states(
                scene.scheme, of: scene.scene.sequence, afterRank: 0, limit: 5, viewer: viewer)
            let progress = try await scene.classes.progress(scene.scheme, limit: 5, viewer: viewer)
            seen.append([known, states.count, progress.count])
        }
        #expect(seen == [[1, 1, 0], [1, 1, 1], [0, 0, 0]])
        try await scene.scene.catalogue.pictures.edit(
            scene.scene.picture, PictureEdit(visibility: .ownerOnly), by: .system)
        #expect(try await scene.classes.progress(scene.scheme, limit: 5, viewer: viewers[1]).isEmpty)
    }

    @Test("pages of progress follow each other without a gap, newest first, and leave out labels that it is not for")
    func pages() async throws {
        let scene = try await Scene(.sqlite), test = scene.scene.test
        let other = try await test.addLabel("OTHER")
        for (label, hours) in [(scene.scene.label, 1.0), (scene.scene.label, 2), (other, 3)] {
            let taken = TestCatalogue.epoch.addingTimeInterval(hours * 3600)
            _ = try await test.addPreparedPictures(
                [TestPicture(capturedAt: taken)], by: scene.scene.owner, label: label, title: "trip \(hours)")
        }
        var (found, after): ([SequenceID], SequenceQuery.Position?) = ([], nil)
        while let row = try await scene.classes.progress(scene.scheme, after: after, limit: 1, viewer: .system).first {
            found.append(row.sequenceID)
            after = SequenceQuery.Position(moment: row.capturedFrom, id: row.sequenceID)
        }
        #expect(found.count == 3 && Set(found).count == 3 && found.last == scene.scene.sequence)
    }

    @Test("what cannot be a scheme is refused with its rule")
    func rules() throws {
        let one = try PictureClass(value: "a", english: "", french: "", colour: "#000000", digit: 1)
        let same = try PictureClass(value: "b", english: "", french: "", colour: "#000000", digit: 1)
        let schemes: [(key: String, classes: [PictureClass])] = [
            ("k", []), ("k", [one, one]), ("k", [one, same]), ("wayside|object", [one]), ("", [one]), ("a=b", [one]),
        ]
        for (key, classes) in schemes {
            #expect(throws: Failure.self) { try ClassScheme(name: "n", key: key, subject: .box, classes: classes) }
        }
        #expect(throws: Failure.self) { try ClassScheme(name: " ", key: "k", subject: .box, classes: [one]) }
        #expect(throws: Failure.self) {
            try ClassScheme(name: "n", key: "k", subject: .box, classes: [one], labels: [])
        }
        let classes: [(value: String, colour: String, digit: Int?)] = [
            ("", "#000000", 1), ("a", "red", 1), ("a", "#000000", 10), ("a", "#00000", nil),
        ]
        for (value, colour, digit) in classes {
            #expect(throws: Failure.self) {
                try PictureClass(value: value, english: "", french: "", colour: colour, digit: digit)
            }
        }
    }
}
