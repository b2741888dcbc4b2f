import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite("An upload whose pictures are in another one")
struct MovedPictureTests {
    private let server: TestServer
    private let owner: Account
    /// The first stays; the pictures of the second come into it.
    private let sets: [UploadSet]

    init() async throws {
        server = try await TestServer()
        let label = try await server.test.addLabel("mast-1")
        owner = try await server.test.addAccount("owner", .field, grants: [label])
        var (sets, sequences): ([UploadSet], [SequenceID]) = ([], [])
        for (title, range) in [("street", 0..<3), ("yard", 5..<7)] {
            let (set, pictures) = try await server.test.addPreparedPictures(
                range.map { index in
                    TestPicture(
                        "\(index).jpg", at: GeoPoint(longitude: 2 + Double(index) * 0.001, latitude: 48),
                        capturedAt: TestCatalogue.epoch.addingTimeInterval(Double(index) * 10))
                }, by: owner, label: label, title: title)
            let picture = try #require(try await server.test.catalogue.pictures.find(pictures[0], viewer: .system))
            sets.append(set)
            sequences.append(try #require(picture.sequenceID))
        }
        self.sets = sets
        try await server.test.catalogue.sequences.merge(sequences, by: owner.viewer)
    }

    private func get(_ path: String) async throws -> Answer {
        let token = try await server.token(of: owner)
        return try await server.run { try await $0.get(path, token: token) }
    }

    @Test("says so over the API, each way; an untouched one says nothing")
    func document() async throws {
        let street = try await get("/api/upload_sets/\(sets[0].id)")
        #expect(street.string("came_from", "0", "title") == "yard" && street.value("moved_to") == nil)
        let yard = try await get("/api/upload_sets/\(sets[1].id)")
        #expect(yard.string("moved_to", "0", "id") == sets[0].id.string, "\(yard.text)")
        #expect(yard.value("moved_to", "0", "nb_items") as? Int == 2 && yard.value("nb_items") as? Int == 0)
    }

    @Test("keeps its files and its receipt, and its pages lead to the other")
    func pages() async throws {
        let yard = try await get("/uploads/\(sets[1].id)")
        #expect(yard.text.contains("2 pictures that were sent with this upload are now in another one:"))
        #expect(yard.text.contains("<a href=\"/uploads/\(sets[0].id)\">street</a> (2)"))
        #expect(yard.text.contains("mast-1 · 2 files") && yard.text.contains(">Moved<"))
        let street = try await get("/uploads/\(sets[0].id)")
        #expect(street.text.contains("<a href=\"/uploads/\(sets[1].id)\">yard</a> (2)"))
        #expect(street.text.contains("mast-1 · 3 files"))
        let list = try await get("/uploads")
        #expect(list.text.contains(">Moved<") && !list.text.contains(">No picture<"))
        let files = try await get("/api/upload_sets/\(sets[1].id)/files")
        #expect((files.value("files") as? [Any])?.count == 2)
    }
}
