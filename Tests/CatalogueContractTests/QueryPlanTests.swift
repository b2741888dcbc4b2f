import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

/// SQLite alone: what its planner says it will do. A table that is read from end to end shows as `SCAN`.
@Suite("Query plans")
struct QueryPlanTests {
    private let test: TestCatalogue
    private let engine: RecordingEngine
    private let viewers: [Viewer]
    private let seeded: [Seeded]

    init() async throws {
        test = try await TestCatalogue(.sqlite)
        engine = RecordingEngine(test.catalogue.engine)
        seeded = try await test.seed(pictures: 200, spread: 0.1)
        viewers = [.guest, .system, try await test.addAccount("reader", .viewer).viewer]
    }

    /// Tables of a few rows (labels, accounts, and what a statement made itself) may be read whole.
    private func scans(_ plan: String) -> [Substring] {
        plan.split(separator: "\n").filter { line in
            guard line.hasPrefix("SCAN ") else { return false }
            return ["SCAN r", "SCAN c", "SCAN (", "SCAN CONSTANT"].allSatisfy { !line.hasPrefix($0) }
        }
    }

    private func expectNoScan(_ body: (Catalogue, Viewer) async throws -> Void) async throws -> [String] {
        var all: [String] = []
        for viewer in viewers {
            for plan in try await engine.plans({ try await body($0, viewer) }) {
                #expect(scans(plan).isEmpty, "\(plan)")
                all.append(plan)
            }
        }
        #expect(!all.isEmpty)
        return all
    }

    /// Those that choose pictures; what is said of the chosen ones is looked up by their ids afterwards.
    /// Those that choose pictures; what belongs to chosen ones is looked up by their ids.
    private func choosing(_ plans: [String]) -> [String] {
        plans.filter { $0.contains("SEARCH p ") && !$0.contains("raw_originals") }
    }

    @Test("a tile's pictures are one range of the place index, and nothing but the index is read")
    func tile() async throws {
        let plans = try await expectNoScan { catalogue, viewer in
            _ = try await catalogue.map.pictures(z: 15, x: 16598, y: 11273, viewer: viewer)
        }
        #expect(choosing(plans).count == viewers.count)
        for plan in choosing(plans) {
            #expect(plan.contains("SEARCH p USING COVERING INDEX pictures_place (morton>? AND morton<?)"), "\(plan)")
            #expect(!plan.contains("TEMP B-TREE FOR ORDER BY"), "\(plan)")
        }
    }

    @Test("a small box is a few ranges of the place index")
    func box() async throws {
        let box = BoundingBox(west: 2.35, south: 48.85, east: 2.353, north: 48.852)
        let plans = try await expectNoScan { catalogue, viewer in
            _ = try await catalogue.pictures.search(PictureQuery(box: box), viewer: viewer)
        }
        for plan in choosing(plans) {
            #expect(plan.contains("SEARCH p USING COVERING INDEX pictures_place (morton>? AND morton<?)"), "\(plan)")
        }
    }

    @Test("a search without a box walks the time index from where the last page ended, without sorting")
    func time() async throws {
        let after = PictureQuery.Position(capturedAt: seeded[100].capturedAt, id: seeded[100].id)
        let plans = try await engine.plans { catalogue in
            _ = try await catalogue.pictures.search(PictureQuery(after: after), viewer: .system)
        }
        for plan in choosing(plans) {
            #expect(plan.contains("SEARCH p USING COVERING INDEX pictures_time (captured_at<?)"), "\(plan)")
            #expect(!plan.contains("TEMP B-TREE FOR ORDER BY"), "\(plan)")
        }
    }

    @Test("a search in order of arrival or of change walks an index", arguments: ["created", "updated"])
    func changes(property: String) async throws {
        let plans = try await engine.plans { catalogue in
            let query = PictureQuery(order: [.init(property, isDescending: true)])
            _ = try await catalogue.pictures.search(query, viewer: .system)
        }
        let plan = try #require(plans.first { $0.contains("pictures_listed_\(property)") })
        #expect(!plan.contains("TEMP B-TREE FOR ORDER BY"), "\(plan)")
    }

    @Test("pictures a day are ranges of an index, and no row is read")
    func arrivals() async throws {
        let plans = try await engine.plans { catalogue in
            _ = try await catalogue.figures.arrivals(DaySpan(last: 30, upTo: .now))
            _ = try await catalogue.pictures.brokenCount()
        }
        for plan in plans where plan.contains(" p ") {
            #expect(plan.contains("p USING COVERING INDEX pictures_"), "\(plan)")
            #expect(scans(plan).allSatisfy { $0.contains("pictures_broken") || $0.hasPrefix("SCAN l") }, "\(plan)")
        }
        #expect(plans.contains { $0.contains("pictures_arrivals (label_id=? AND created_at>? AND created_at<?)") })
    }

    @Test("one who sees few pictures of many is answered from their sequences alone")
    func fewOfMany() async throws {
        for viewer in viewers where !viewer.seesEverything {
            let plans = try await engine.plans { catalogue in
                _ = try await catalogue.pictures.search(PictureQuery(), viewer: viewer)
            }
            #expect(plans.count == 2)
            let plan = try #require(plans.last)
            #expect(plan.contains("SEARCH p USING COVERING INDEX pictures_sequence (sequence_id=?)"), "\(plan)")
        }
    }

    @Test("the last inspected picture of a batch is found out without reading the batch")
    func readiness() async throws {
        let label = try await test.addLabel("vehicle-7")
        let owner = try await test.addAccount("owner", grants: [label])
        let set = try await test.addUploadSet(by: owner, label: label)
        try await test.admit(to: set)
        let plans = try await engine.plans { try await $0.uploadSets.complete(set.id, at: .now) }
        #expect(
            plans.contains {
                $0.contains("pictures_upload_set (upload_set_id=? AND sequence_id=? AND status=?)")
            }, "\(plans)")
    }

    @Test("ids are looked up by their key, a sequence by its index")
    func keys() async throws {
        let ids = seeded.prefix(30).map(\.id)
        for query in [PictureQuery(ids: ids), PictureQuery(ids: ids, sequences: [seeded[0].sequenceID])] {
            let plans = try await expectNoScan { catalogue, viewer in
                _ = try await catalogue.pictures.search(query, viewer: viewer)
            }
            for plan in choosing(plans) { #expect(plan.contains("(id=?)"), "\(plan)") }
        }
        let plans = try await expectNoScan { catalogue, viewer in
            let query = PictureQuery(sequences: [seeded[0].sequenceID, seeded[60].sequenceID])
            _ = try await catalogue.pictures.search(query, viewer: viewer)
        }
        for plan in choosing(plans) { #expect(plan.contains("pictures_sequence (sequence_id=?"), "\(plan)") }
    }

    @Test("an item, its neighbours and a page of a sequence are read through indexes in order of rank")
    func items() async throws {
        let plans = try await expectNoScan { catalogue, viewer in
            _ = try await catalogue.pictures.item(seeded[5].id, viewer: viewer)
            _ = try await catalogue.pictures.items(
                of: seeded[5].sequenceID, afterRank: 3, limit: 10, viewer: viewer)
            _ = try await catalogue.pictures.file(seeded[5].id, kind: .sd, viewer: viewer)
        }
        for plan in choosing(plans) { #expect(!plan.contains("TEMP B-TREE"), "\(plan)") }
    }

    @Test("lines and grids do not read the table of pictures from end to end")
    func lines() async throws {
        _ = try await expectNoScan { catalogue, viewer in
            _ = try await catalogue.map.sequences(z: 14, x: 8299, y: 5636, viewer: viewer)
            _ = try await catalogue.map.grid(z: 5, x: 16, y: 11, viewer: viewer)
            _ = try await catalogue.map.grid(z: 13, x: 4149, y: 2818, viewer: viewer)
        }
    }

    @Test("an area is held against the pictures of its box alone, those that are listed from their index")
    func area() async throws {
        let ring = [[2.35, 48.85], [2.36, 48.85], [2.36, 48.86], [2.35, 48.85]]
        let shape = try GeoShape(coordinates: [[ring]])
        let owner = try #require(try await test.catalogue.accounts.find(name: "seeder-seeded"))
        let plans = try await engine.plans { catalogue in
            _ = try await catalogue.areas.add(ExcludedArea(label: "yard", shape: shape))
            _ = try await catalogue.areas.add(ExcludedArea(accountID: owner.id, label: "home", shape: shape))
        }
        let searches = plans.filter { $0.contains("SEARCH p USING") }
        #expect(searches.count == 4)
        for (index, plan) in searches.enumerated() {
            let name = index.isMultiple(of: 2) ? "COVERING INDEX pictures_place" : "INDEX pictures_place_unlisted"
            #expect(plan.contains("SEARCH p USING \(name) (morton>? AND morton<?)"), "\(plan)")
        }
        for plan in plans { #expect(!plan.contains("SCAN p"), "\(plan)") }
    }

    @Test("claiming, duplicates and the state of a batch are answered from indexes")
    func pipeline() async throws {
        let set = try #require(
            try await test.catalogue.uploadSets.list(
                of: nil, dispatched: nil, before: nil, limit: 1, viewer: .system
            ).first)
        let plans = try await engine.plans { catalogue in
            _ = try await catalogue.jobs.claim(worker: "w", limit: 5, now: .now, lease: 60)
            _ = try await catalogue.uploadSets.picture(sha256: "s", viewer: .system)
            _ = try await catalogue.uploadSets.status(set.id)
            _ = try await catalogue.uploadSets.files(set.id, paths: ["a", "b"])
            _ = try await catalogue.pictures.stagedNames(among: ["a", "b"])
            _ = try await catalogue.sequences.candidates(of: set.id)
        }
        for plan in plans { #expect(scans(plan).isEmpty, "\(plan)") }
    }

    @Test("what is said of pictures is found by their ids, and pictures by what is said of them, through indexes")
    func meaning() async throws {
        let label = try await test.addLabel("vehicle-8")
        let plans = try await expectNoScan { catalogue, viewer in
            _ = try await catalogue.annotations.list(of: seeded[0].id, viewer: viewer)
            _ = try await catalogue.semantics.tags(of: .picture(seeded[0].id))
            _ = try await catalogue.semantics.history(of: .picture(seeded[0].id), before: nil, limit: 10)
            _ = try await catalogue.detections.waiting(for: "signs")
        }
        #expect(plans.contains { $0.contains("tag_history_picture (picture_id=?") })
        let counts = try await engine.plans { catalogue in
            _ = try await catalogue.detections.counts(of: "signs", on: .sequence(seeded[0].sequenceID))
            _ = try await catalogue.detections.failures(of: "signs", on: .label(label.id))
        }
        for plan in counts { #expect(scans(plan).isEmpty, "\(plan)") }
        for table in ["picture", "sequence", "upload_set", "annotation"] {
            let plan = try await test.catalogue.engine.read { connection in
                var lines: [String] = []
                try connection.each(
                    "EXPLAIN QUERY PLAN SELECT \(table)_id FROM \(table)_tags WHERE key = $1 AND value = $2",
                    [.text("k"), .text("v")]
                ) { lines.append($0.text(3)) }
                return lines.joined()
            }
            #expect(plan.contains("COVERING INDEX \(table)_tags_pair (key=? AND value=?)"), "\(plan)")
        }
    }
}
