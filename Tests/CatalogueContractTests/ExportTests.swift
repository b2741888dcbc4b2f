import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Choosing what is taken away")
struct ExportTests {
    private let test: TestCatalogue
    private let seeded: [Seeded]

    init() async throws {
        test = try await TestCatalogue()
        seeded = try await test.seed(pictures: 120, spread: 0.1)
    }

    private var exports: ExportStore { test.catalogue.exports }

    @Test("pictures come sequence by sequence, there by rank, each once")
    func order() async throws {
        let chosen = try await exports.choose(.everything, limit: 1000, viewer: .system)
        let expected = seeded.sorted { ($0.sequenceID, $0.rank) < ($1.sequenceID, $1.rank) }.map(\.id)
        #expect(chosen.ids(0..<chosen.count) == expected)
        #expect(chosen.ids(100..<300) == Array(expected.suffix(20)))
        let items = try await exports.items(chosen.ids(40..<80), viewer: .system)
        #expect(items.map(\.picture.id) == Array(expected[40..<80]))
    }

    @Test("what is more than the limit is refused, and told so")
    func limit() async throws {
        #expect(try await exports.choose(.everything, limit: 120, viewer: .system).count == 120)
        for scope in [ExportScope.everything, .search(PictureQuery())] {
            let failure = await #expect(throws: Failure.self) {
                try await exports.choose(scope, limit: 119, viewer: .system)
            }
            #expect(failure?.code == .tooLarge)
            #expect(failure?.message.contains("119") == true)
        }
    }

    @Test("what is hidden or deleted after the choice is not read any more")
    func meanwhile() async throws {
        let ids = [seeded[0].id, seeded[1].id, seeded[2].id]
        let reader = try await test.addAccount("reader", .viewer)
        let label = try #require(try await test.catalogue.labels.find(name: "seeded", viewer: .system))
        try await test.catalogue.labels.grant(label.id, to: reader.id)
        let chosen = try await exports.choose(.search(PictureQuery(ids: ids)), limit: 10, viewer: reader.viewer)
        #expect(chosen.count == 3)
        try await test.catalogue.pictures.setVisibility(ids[0], .ownerOnly)
        try await test.catalogue.pictures.delete(ids[1], by: .system)
        let items = try await exports.items(chosen.ids(0..<3), viewer: reader.viewer)
        #expect(items.map(\.picture.id) == [ids[2]])
    }
}
