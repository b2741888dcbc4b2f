import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Filters")
struct FilterTests {
    private typealias Filter = FilterExpression

    /// Four pictures eastwards on a parallel, an hour apart; the third is a panorama, the last looks nowhere.
    private struct Scene {
        let test: TestCatalogue
        let label: CameraLabel
        let owner: Account
        let pictures: [PictureID]

        init(_ engine: CatalogueEngines) async throws {
            test = try await TestCatalogue(engine)
            label = try await test.addLabel("Cam É")
            owner = try await test.addAccount("Zoé", grants: [label])
            let tests = (0..<4).map { (index: Int) -> TestPicture in
                let step = Double(index)
                let heading: Double? = index == 3 ? nil : step * 90
                return TestPicture(
                    "DCIM/P\(index)_50%.JPG", at: GeoPoint(longitude: 2 + step, latitude: 48),
                    capturedAt: TestCatalogue.epoch.addingTimeInterval(step * 3600), heading: heading,
                    type: index == 2 ? .equirectangular : .flat)
            }
            pictures = try await test.addPreparedPictures(tests, by: owner, label: label).pictures
            try await test.catalogue.engine.write { [pictures] in
                try $0.execute("UPDATE pictures SET heading = NULL WHERE id = \(pictures[3])")
            }
        }

        /// The places in the row of what fulfils the filter.
        func chosen(_ filter: FilterExpression, as viewer: Viewer = .system) async throws -> [Int] {
            let query = PictureQuery(limit: 100, filter: filter)
            let found = try await test.catalogue.pictures.search(query, viewer: viewer).map(\.picture.id)
            return pictures.indices.filter { found.contains(pictures[$0]) }
        }
    }

    private func property(_ name: String) -> Filter { .property(name) }
    private func moment(_ hours: Double) -> Filter {
        let text = RFC3339.string(TestCatalogue.epoch.addingTimeInterval(hours * 3600))
        return FilterMoment(timestamp: text).map(Filter.moment) ?? .truth(false)
    }
    private func square(_ west: Double, _ east: Double) -> Filter {
        .geometry(GeoFigure(BoundingBox(west: west, south: 47, east: east, north: 49)))
    }

    @Test("what is not known fulfils neither a condition nor its opposite", arguments: CatalogueEngines.allCases)
    func threeValues(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let south = Filter.operation(.atLeast, [property("view:azimuth"), .number(90)])
        #expect(try await scene.chosen(south) == [1, 2])
        #expect(try await scene.chosen(.operation(.not, [south])) == [0])
        #expect(try await scene.chosen(.operation(.isNull, [property("view:azimuth")])) == [3])
        #expect(try await scene.chosen(.operation(.or, [south, .truth(true)])) == [0, 1, 2, 3])
        #expect(try await scene.chosen(.operation(.and, [south, .truth(false)])) == [])
        let between = Filter.operation(.between, [property("view:azimuth"), .number(0), .number(90)])
        #expect(try await scene.chosen(.operation(.not, [between])) == [2])
        let none = Filter.operation(.isIn, [property("view:azimuth"), .list([.number(90), .number(7)])])
        #expect(try await scene.chosen(.operation(.not, [none])) == [0, 2])
        let byZero = Filter.operation(.divide, [.number(1), property("view:azimuth")])
        #expect(try await scene.chosen(.operation(.less, [byZero, .number(1)])) == [1, 2])
    }

    @Test("texts are told apart by case and accents unless they are folded", arguments: CatalogueEngines.allCases)
    func texts(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let label = property("wayside:camera_label")
        func equal(_ left: Filter, _ right: Filter) -> Filter { .operation(.equal, [left, right]) }
        func folded(_ fold: FilterOperator, _ value: Filter) -> Filter { .operation(fold, [value]) }
        #expect(try await scene.chosen(equal(label, .text("Cam É"))).count == 4)
        #expect(try await scene.chosen(equal(label, .text("cam é"))).isEmpty)
        #expect(try await scene.chosen(equal(folded(.foldCase, label), folded(.foldCase, .text("CAM é")))).count == 4)
        let plain = folded(.foldAccents, .text("Cam E"))
        #expect(try await scene.chosen(equal(folded(.foldAccents, label), plain)).count == 4)
        func like(_ pattern: String) -> Filter {
            .operation(.like, [property("original_file:name"), .text(pattern)])
        }
        #expect(try await scene.chosen(like("P_\\_50\\%.JPG")).count == 4)
        #expect(try await scene.chosen(like("%2%")) == [2])
        #expect(try await scene.chosen(like("p%")).isEmpty)
        #expect(try await scene.chosen(like("P1*")).isEmpty)
    }

    @Test(
        "times stand to one another as Allen has it, and a day is all its moments",
        arguments: CatalogueEngines.allCases)
    func times(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let time = property("datetime")
        let middle = Filter.interval(moment(1), moment(3))
        let expected: [(FilterOperator, Filter, [Int])] = [
            (.timeAfter, moment(1), [2, 3]), (.timeBefore, moment(1), [0]), (.timeIntersects, middle, [1, 2, 3]),
            (.timeDisjoint, middle, [0]), (.timeDuring, middle, [2]), (.timeEquals, moment(2), [2]),
            (.timeMeets, middle, [1]), (.timeMetBy, middle, [3]), (.timeStarts, middle, [1]),
            (.timeFinishes, middle, [3]), (.timeContains, moment(2), []), (.timeOverlaps, middle, []),
            (.timeAfter, .interval(nil, moment(2)), [3]), (.timeIntersects, .interval(moment(2), nil), [2, 3]),
            (.timeFinishedBy, middle, []), (.timeStartedBy, middle, []), (.timeOverlappedBy, middle, []),
        ]
        for (operation, other, places) in expected {
            #expect(try await scene.chosen(.operation(operation, [time, other])) == places, "\(operation)")
        }
        let day = try #require(FilterMoment(day: "2026-06-01"))
        #expect(try await scene.chosen(.operation(.equal, [time, .moment(day)])).count == 4)
        #expect(try await scene.chosen(.operation(.greater, [time, .moment(day)])).isEmpty)
        #expect(try await scene.chosen(.operation(.atLeast, [time, .text("2026-06-01T12:00:00Z")])) == [2, 3])
    }

    @Test("a picture is a point: inside, on the edge, or outside", arguments: CatalogueEngines.allCases)
    func places(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let place = property("geometry")
        // Its western edge runs through the second picture, its eastern one beyond the third.
        let area = square(3, 4.5)
        let point = Filter.geometry(.point(GeoPoint(longitude: 3, latitude: 48)))
        let line = Filter.geometry(
            .lineString([GeoPoint(longitude: 2, latitude: 48), GeoPoint(longitude: 4, latitude: 48)]))
        let expected: [(FilterOperator, [Filter], [Int])] = [
            (.placeIntersects, [place, area], [1, 2]), (.placeIntersects, [area, place], [1, 2]),
            (.placeWithin, [place, area], [2]), (.placeContains, [area, place], [2]),
            (.placeTouches, [place, area], [1]), (.placeDisjoint, [place, area], [0, 3]),
            (.placeEquals, [place, point], [1]), (.placeContains, [place, point], [1]),
            (.placeContains, [place, area], []), (.placeCrosses, [place, line], []),
            (.placeOverlaps, [place, area], []), (.placeTouches, [place, line], [0, 2]),
            (.placeWithin, [place, line], [1]), (.placeIntersects, [place, .box([3, 47, 0, 4.5, 49, 9])], [1, 2]),
            (.placeIntersects, [place, .box([4.5, 47, 2, 49])], [0, 3]),
        ]
        for (operation, operands, places) in expected {
            #expect(try await scene.chosen(.operation(operation, operands)) == places, "\(operation)")
        }
    }

    @Test(
        "what was said of pictures, regions and sequences, and what models found, is searched",
        arguments: CatalogueEngines.allCases)
    func meaning(engine: CatalogueEngines) async throws {
        let scene = try await Scene(engine)
        let catalogue = scene.test.catalogue
        let tag = SemanticTag(key: "osm|traffic_sign", value: "stop")
        try await catalogue.semantics.edit(
            .picture(scene.pictures[0]), [SemanticChange(.add, tag)], by: scene.owner.viewer)
        _ = try await catalogue.annotations.add(
            Polygon(x: 1, y: 1, width: 9, height: 9), to: scene.pictures[1],
            tags: [SemanticTag(key: "osm|traffic_sign", value: "yield")], by: scene.owner.viewer)
        _ = try await catalogue.detections.queue("signs-2", on: .picture(scene.pictures[2]), at: .now)
        let car = Detection(className: "car", score: 0.9126, x: 5, y: 5, width: 20, height: 20)
        try await catalogue.detections.detected(
            ModelFindings(model: "signs-2", detections: [car]), on: scene.pictures[2],
            ending: try #require(try await scene.test.claim().first))
        let sign = property("semantics.osm|traffic_sign")
        #expect(try await scene.chosen(.operation(.equal, [sign, .text("stop")])) == [0])
        #expect(try await scene.chosen(.operation(.like, [sign, .text("%")])) == [0, 1])
        #expect(try await scene.chosen(.operation(.not, [.operation(.equal, [sign, .text("stop")])])) == [1])
        #expect(try await scene.chosen(.operation(.isNull, [sign])) == [2, 3])
        #expect(try await scene.chosen(.operation(.isNull, [property("semantics")])) == [3])
        let found = property("semantics.wayside|object")
        #expect(try await scene.chosen(.operation(.equal, [found, .text("car")])) == [2])
        let sure = property("semantics.detection_confidence[wayside|object=car]")
        #expect(try await scene.chosen(.operation(.equal, [sure, .text("0.913")])) == [2])
        let model = property("semantics.detection_model[wayside|object=car]")
        #expect(try await scene.chosen(.operation(.like, [model, .text("signs-%")])) == [2])
        let objects = property("wayside:objects")
        func list(_ operation: FilterOperator, _ texts: String...) -> Filter {
            .operation(operation, [objects, .list(texts.map(Filter.text))])
        }
        #expect(try await scene.chosen(list(.arrayContains, "car")) == [2])
        #expect(try await scene.chosen(list(.arrayContains, "car", "bus")) == [])
        #expect(try await scene.chosen(list(.arrayOverlaps, "car", "bus")) == [2])
        #expect(try await scene.chosen(list(.arrayEquals, "car")) == [2])
        #expect(try await scene.chosen(list(.arrayContainedBy, "bus")) == [0, 1, 3])
        // Of the sequence, and so of all its pictures.
        let sequence = try #require(
            try await catalogue.pictures.find(scene.pictures[0], viewer: .system)?.sequenceID)
        let road = SemanticChange(.add, SemanticTag(key: "road", value: "muddy"))
        try await catalogue.semantics.edit(.sequence(sequence), [road], by: scene.owner.viewer)
        let tags = Filter.operation(.arrayContains, [property("wayside:tags"), .list([.text("road=muddy")])])
        #expect(try await scene.chosen(tags).count == 4)
    }
}
