import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

/// A sequence of five pictures of an owner; a reader, a manager and an administrator; half an hour in which deleting can be
/// taken back.
struct RemovalScene {
    let scene: BulkScene
    let admin: Account
    /// After everything was made.
    let moment: Date
    /// Soon enough for `process()`, which looks an hour ahead.
    let until: Date

    var test: TestCatalogue { scene.test }
    var catalogue: Catalogue { scene.catalogue }
    var removals: RemovalStore { scene.catalogue.removals }
    var owner: Viewer { scene.owner.viewer }
    var ids: [PictureID] { scene.ids }

    init(_ engine: CatalogueEngines, visibility: Visibility = .loggedOnly) async throws {
        scene = try await BulkScene(engine, visibility: visibility)
        admin = try await scene.test.addAccount("ada", .admin)
        moment = .now
        until = moment.addingTimeInterval(1800)
    }

    func count(_ statement: SQLStatement) async throws -> Int64 {
        try await catalogue.engine.read { try $0.number(statement) }
    }

    @discardableResult
    func remove(_ some: [PictureID], by viewer: Viewer? = nil) async throws -> RemovalID {
        let outcome = try await removals.remove(some, until: until, by: viewer ?? owner, at: moment)
        #expect(outcome.changed == some && outcome.receipts.isEmpty && outcome.removals.count == 1)
        return try #require(outcome.removals.first)
    }

    func sequence() async throws -> SequenceID { try await scene.sequence(of: ids[0]) }

    /// The owner and whoever reads the label see these pictures in lists, and no others; only that they are there counts.
    func expectSeen(_ some: [PictureID], _ location: SourceLocation = #_sourceLocation) async throws {
        for viewer in [owner, scene.reader.viewer, scene.manager.viewer, admin.viewer] {
            let listed = try await catalogue.pictures.search(PictureQuery(), viewer: viewer).map(\.picture.id)
            #expect(Set(listed) == Set(some), sourceLocation: location)
            let named = try await ids.asyncFilter { try await catalogue.pictures.find($0, viewer: viewer) != nil }
            #expect(named == some, sourceLocation: location)
            #expect(try await catalogue.pictures.count(viewer: viewer) == some.count, sourceLocation: location)
        }
        let places = try await count("SELECT COALESCE(SUM(flat), 0) FROM place_counts")
        #expect(places == Int64(some.count), sourceLocation: location)
    }

    /// Everything that taking back has to put back, but for when it was last changed.
    func snapshot() async throws -> [String] {
        try await catalogue.engine.read { connection in
            var lines: [String] = []
            for statement: SQLStatement in [
                """
                SELECT id || ' ' || COALESCE(sequence_id, '-') || COALESCE(rank, '-') || listed || audience || status
                    || upload_set_id || COALESCE(erased_at, '-') FROM pictures ORDER BY id
                """,
                "SELECT id || part || title || is_away || visibility FROM sequences ORDER BY id",
                """
                SELECT sequence_id || audience || ' ' || pictures || west || east || captured_from || length
                FROM sequence_figures ORDER BY 1
                """,
                "SELECT sequence_id || audience || hex(line) FROM sequence_lines ORDER BY 1",
                "SELECT cell || audience || flat || equirectangular FROM place_counts ORDER BY 1",
                "SELECT id || path || sha256 || COALESCE(picture_id, '-') FROM upload_files ORDER BY id",
                "SELECT id || title || files || COALESCE(erased_at, '-') FROM upload_sets ORDER BY id",
                "SELECT picture_id || key || value FROM picture_tags ORDER BY 1",
                "SELECT sequence_id || key || value FROM sequence_tags ORDER BY 1",
                "SELECT step || subject FROM jobs ORDER BY 1",
                """
                SELECT 'left' || (SELECT COUNT(*) FROM removals) || (SELECT COUNT(*) FROM removal_pictures)
                    || (SELECT COUNT(*) FROM removal_jobs) || (SELECT COUNT(*) FROM removal_files)
                """,
            ] { lines += try connection.rows(statement) { $0.text() } }
            return lines
        }
    }
}

extension Array where Element: Sendable {
    fileprivate func asyncFilter(_ isKept: (Element) async throws -> Bool) async throws -> [Element] {
        var kept: [Element] = []
        for element in self where try await isKept(element) { kept.append(element) }
        return kept
    }
}
