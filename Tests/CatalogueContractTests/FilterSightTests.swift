import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

/// No filter reaches beyond what its asker sees.
@Suite("Filters and who may see")
struct FilterSightTests {
    private struct Scene {
        let test: TestCatalogue
        let mine: PictureID
        let hidden: PictureID
        let viewers: [Viewer]

        init(_ engine: CatalogueEngines) async throws {
            test = try await TestCatalogue(engine)
            let (own, other) = (try await test.addLabel("own"), try await test.addLabel("other"))
            let anna = try await test.addAccount("anna", .manager, grants: [own])
            let bert = try await test.addAccount("bert", .field, grants: [other])
            mine = try await test.addPreparedPicture(by: anna, label: own)
            hidden = try await test.addPreparedPicture(by: bert, label: other)
            let muddy = SemanticChange(.add, SemanticTag(key: "road", value: "muddy"))
            for picture in [mine, hidden] {
                try await test.catalogue.semantics.edit(.picture(picture), [muddy], by: .system)
            }
            viewers = [anna.viewer, .guest]
        }

        func found(_ query: PictureQuery, _ viewer: Viewer) async throws -> [PictureID] {
            try await test.catalogue.pictures.search(query, viewer: viewer).map(\.picture.id)
        }
    }

    private static let everything: [FilterExpression] = [
        .truth(true),
        .operation(.or, [.truth(false), .truth(true)]),
        .operation(.or, [.operation(.equal, [.property("id"), .text("x")]), .operation(.not, [.truth(false)])]),
        .operation(.not, [.operation(.isNull, [.property("id")])]),
        .operation(.equal, [.property("geovisio:producer"), .text("x') OR (1 = 1) --")]),
        .operation(.or, [.operation(.equal, [.property("geovisio:producer"), .text("bert")]), .truth(true)]),
        .operation(.placeIntersects, [.property("geometry"), .box([-180, -90, 180, 90])]),
        .operation(.timeIntersects, [.property("datetime"), .interval(nil, nil)]),
        .operation(.equal, [.property("semantics.road"), .text("muddy")]),
    ]

    @Test(
        "OR, NOT, quotes and the whole world find nothing that the asker may not see, alone, by id, box and sequence",
        arguments: CatalogueEngines.allCases, Self.everything)
    func noLeak(engine: CatalogueEngines, filter: FilterExpression) async throws {
        let scene = try await Scene(engine)
        let sequence = try await scene.test.catalogue.pictures.find(scene.hidden, viewer: .system)?.sequenceID
        for viewer in scene.viewers {
            let queries = [
                PictureQuery(filter: filter), PictureQuery(ids: [scene.hidden, scene.mine], filter: filter),
                PictureQuery(box: .world, filter: filter),
                PictureQuery(sequences: [try #require(sequence)], filter: filter),
                PictureQuery(filter: filter, order: [.init("geovisio:producer", isDescending: false)]),
            ]
            for query in queries {
                let found = try await scene.found(query, viewer)
                #expect(!found.contains(scene.hidden))
                if viewer == .guest { #expect(found.isEmpty) }
            }
        }
    }

    @Test("filters of sequences find those that their asker sees alone", arguments: CatalogueEngines.allCases)
    func sequences(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let label = FilterExpression.property("wayside:camera_label")
        func titles(_ filter: FilterExpression, _ viewer: Viewer) async throws -> Int {
            var query = SequenceQuery()
            query.filter = filter
            return try await scene.test.catalogue.sequences.list(query, viewer: viewer).count
        }
        let either = FilterExpression.operation(.isIn, [label, .list([.text("own"), .text("other")])])
        #expect(try await titles(either, .system) == 2)
        #expect(try await titles(either, scene.viewers[0]) == 1)
        #expect(try await titles(.operation(.or, [either, .truth(true)]), .guest) == 0)
        let time = try #require(FilterMoment(day: "2026-06-01"))
        let day = FilterExpression.operation(.timeIntersects, [.property("datetime"), .moment(time)])
        #expect(try await titles(day, .system) == 2)
        #expect(try await titles(.operation(.not, [day]), .system) == 0)
        await #expect(throws: Failure.self) {
            try await titles(.operation(.isNull, [.property("geometry")]), .system)
        }
    }

    @Test("with a filter, statements are driven by the same indexes, and the asker's sight is a condition of its own")
    func plans() async throws {
        let test = try await TestCatalogue(.sqlite)
        let seeded = try await test.seed(pictures: 200, spread: 0.1)
        let engine = RecordingEngine(test.catalogue.engine)
        let reader = try await test.addAccount("reader", .viewer).viewer
        let place = FilterExpression.operation(
            .placeIntersects, [.property("geometry"), .box([2.35, 48.85, 2.353, 48.852])])
        let either = FilterExpression.operation(
            .or, [.operation(.less, [.property("view:azimuth"), .number(90)]), .truth(true)])
        func chosen(_ query: PictureQuery, _ viewer: Viewer) async throws -> [String] {
            try await engine.plans { _ = try await $0.pictures.search(query, viewer: viewer) }
                .filter { $0.contains("SEARCH p ") }
        }
        for viewer in [Viewer.system, reader] {
            let boxed = try await chosen(PictureQuery(filter: .operation(.and, [either, place])), viewer)
            #expect(!boxed.isEmpty)
            for plan in boxed { #expect(plan.contains("pictures_place (morton>? AND morton<?)"), "\(plan)") }
            let named = try await chosen(PictureQuery(ids: [seeded[0].id], filter: either), viewer)
            for plan in named { #expect(plan.contains("(id=?)"), "\(plan)") }
            let road = FilterExpression.operation(.equal, [.property("semantics.road"), .text("muddy")])
            let tagged = try await chosen(PictureQuery(filter: .operation(.and, [either, road])), viewer)
            #expect(tagged.contains { $0.contains("picture_tags_pair (key=? AND value=?)") }, "\(tagged)")
            for plan in tagged { #expect(plan.contains("SEARCH p USING INDEX sqlite_autoindex_pictures"), "\(plan)") }
        }
        // One row of `level`, whatever the filter: the audience is compared in each statement that chooses.
        for statement in engine.statements where statement.contains("AS (SELECT p.id") {
            #expect(statement.contains("p.audience >= "), "\(statement)")
        }
    }

    @Test("equal shapes of filters are equal texts of SQL, whatever their values")
    func constantText() async throws {
        let test = try await TestCatalogue(.sqlite)
        let engine = RecordingEngine(test.catalogue.engine)
        var texts: Set<String> = []
        for (number, text) in [(1.0, "a"), (2.0, "b' OR 1 = 1")] {
            let filter = FilterExpression.operation(
                .and,
                [
                    .operation(.less, [.property("view:azimuth"), .number(number)]),
                    .operation(.equal, [.property("semantics.road"), .text(text)]),
                    .operation(.placeWithin, [.property("geometry"), .box([number, 2, 3, 4])]),
                ])
            let query = PictureQuery(filter: filter)
            _ = try await engine.plans { _ = try await $0.pictures.search(query, viewer: .system) }
            texts.insert(try #require(engine.statements.last { $0.contains("chosen") }))
        }
        #expect(texts.count == 1)
    }
}
