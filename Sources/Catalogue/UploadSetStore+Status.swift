import Domain
import Foundation

extension UploadSetStore {
    /// How far the set and its sequences are, as far as the viewer sees its pictures.
    package func status(_ id: UploadSetID, viewer: Viewer = .system) async throws -> UploadSetStatus {
        try await engine.read { connection in
            let open = try Self.openness(of: id, to: viewer, connection)
            var whole = Tally()
            var parts: [SequenceID: Tally] = [:]
            try connection.each(
                """
                SELECT sequence_id, status, COUNT(*), MIN(captured_at), MAX(captured_at), MIN(longitude),
                    MIN(latitude), MAX(longitude), MAX(latitude)
                FROM pictures WHERE upload_set_id = \(id) AND erased_at IS NULL\(open.pictures)
                GROUP BY sequence_id, status
                """
            ) { row in
                let sequence = row.optionalID(SequenceID.self)
                let tally = try Tally(&row)
                whole.add(tally)
                if let sequence { parts[sequence, default: Tally()].add(tally) }
            }
            let rejected = try connection.number(
                "SELECT COUNT(*) FROM upload_files WHERE upload_set_id = \(id) AND rejection_reason IS NOT NULL")
            let held = try HeldPictureStore.count(of: id, open.pictures, connection)
            let sequences = try connection.rows(
                """
                SELECT \(SequenceRow.columns) FROM sequences s
                WHERE s.upload_set_id = \(id) AND s.is_away = 0\(open.sequences) ORDER BY s.part
                """
            ) { try SequenceRow.sequence(&$0) }
            var status = UploadSetStatus(
                prepared: whole.prepared, preparing: whole.preparing, broken: whole.broken, rejected: Int(rejected),
                notProcessed: whole.waiting - held, parts: sequences.map { (parts[$0.id] ?? Tally()).part($0) })
            status.held = held
            status.semantics = try TagTable(.uploadSet(id)).tags(connection)
            return status
        }
    }

    /// What is left out for managers of the label: what its owner keeps, and what is hidden. Owners and administrators
    /// see all, so that their sets are counted from the index alone.
    static func openness(
        of id: UploadSetID, to viewer: Viewer, _ connection: any SQLConnection
    ) throws -> (pictures: SQLStatement, sequences: SQLStatement) {
        if viewer.seesEverything { return ("", "") }
        let isOwn = try connection.exists(
            "SELECT 1 FROM upload_sets WHERE id = \(id) AND account_id = \(viewer.accountID)")
        return isOwn ? ("", "") : (" AND audience > 0", " AND s.visibility <> 'owner-only'")
    }

    /// Pictures by how far they are, and where and when they were taken.
    private struct Tally {
        var prepared = 0
        var preparing = 0
        var broken = 0
        var waiting = 0
        var capturedFrom: Date?
        var capturedTo: Date?
        var corners: [GeoPoint] = []

        init() {}

        init(_ row: inout SQLRowReader) throws {
            let status = try row.word(PreparationStatus.self)
            let count = row.int()
            switch status {
            case .waiting: waiting = count
            case .preparing: preparing = count
            case .prepared: prepared = count
            case .broken: broken = count
            }
            capturedFrom = row.optionalDate()
            capturedTo = row.optionalDate()
            if let west = row.optionalDouble(), let south = row.optionalDouble(), let east = row.optionalDouble(),
                let north = row.optionalDouble()
            {
                corners = [GeoPoint(longitude: west, latitude: south), GeoPoint(longitude: east, latitude: north)]
            }
        }

        mutating func add(_ other: Tally) {
            prepared += other.prepared
            preparing += other.preparing
            broken += other.broken
            waiting += other.waiting
            capturedFrom = [capturedFrom, other.capturedFrom].compactMap(\.self).min()
            capturedTo = [capturedTo, other.capturedTo].compactMap(\.self).max()
            corners += other.corners
        }

        func part(_ sequence: PictureSequence) -> UploadSetStatus.Part {
            UploadSetStatus.Part(
                sequence: sequence, prepared: prepared, preparing: preparing, broken: broken, notProcessed: waiting,
                capturedFrom: capturedFrom, capturedTo: capturedTo, box: BoundingBox(around: corners))
        }
    }
}
