import Catalogue
import Domain
import Foundation

/// A picture that was put straight into the tables.
package struct Seeded: Sendable {
    package let id: PictureID
    package let sequenceID: SequenceID
    package let rank: Int
    package let position: GeoPoint
    package let capturedAt: Date
    package let type: PictureType
}

extension TestCatalogue {
    /// Puts many prepared, dispatched pictures straight into the tables, where the transitions would take too long.
    ///
    /// Sequences of 50 pictures at most, in a square of `spread` degrees around 2.35° E 48.85° N; every third picture
    /// shares its time with the one before. The same arguments give the same places and times.
    package func seed(pictures count: Int, spread: Double, label: CameraLabel? = nil) async throws -> [Seeded] {
        let camera = if let label { label } else { try await addLabel("seeded") }
        let owner = try await addAccount("seeder-\(camera.name)", .field, grants: [camera])
        let set = try await addUploadSet(by: owner, label: camera)
        let seeded = Self.places(count: count, spread: spread)
        try await catalogue.engine.write { connection in
            for (index, first) in seeded.enumerated() where first.rank == 1 {
                try connection.execute(
                    """
                    INSERT INTO sequences (id, account_id, label_id, upload_set_id, part, title, visibility,
                        sort_method, created_at, updated_at)
                    VALUES (\(first.sequenceID), \(owner.id), \(camera.id), \(set.id), \(index + 1), 'seeded',
                        'logged-only', 'time-asc', 0, 0)
                    """)
            }
            for one in seeded { try Self.insert(one, owner, camera, set, connection) }
            try Self.insertFigures(connection)
        }
        return seeded
    }

    private static func places(count: Int, spread: Double) -> [Seeded] {
        var state: UInt64 = 42
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / Double(1 << 53)
        }
        var sequence = SequenceID()
        var start = GeoPoint(longitude: 0, latitude: 0)
        return (0..<count).map { index in
            if index % 50 == 0 {
                sequence = SequenceID()
                start = GeoPoint(
                    longitude: 2.35 + (next() - 0.5) * spread, latitude: 48.85 + (next() - 0.5) * spread)
            }
            let step = Double(index % 50) * 0.0002
            let tie = index % 3 == 2 ? 1 : 0
            return Seeded(
                id: PictureID(), sequenceID: sequence, rank: index % 50 + 1,
                position: GeoPoint(longitude: start.longitude + step, latitude: start.latitude + step * next()),
                capturedAt: epoch.addingTimeInterval(Double((index - tie) / 50 * 977 % 5000 + index - tie)),
                type: index % 10 == 0 ? .equirectangular : .flat)
        }
    }

    private static func insert(
        _ one: Seeded, _ owner: Account, _ label: CameraLabel, _ set: UploadSet, _ connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            INSERT INTO pictures
                (id, account_id, label_id, upload_set_id, sequence_id, rank, status, listed, audience, original_name,
                original_size, original_sha256, revision, created_at, updated_at, morton, longitude, latitude,
                captured_at, utc_offset, tag_heading, heading, type, make, model, orientation, width, height,
                exif, warnings)
            VALUES (\(one.id), \(owner.id), \(label.id), \(set.id), \(one.sequenceID), \(one.rank), 'prepared', 1, 1,
                'a.jpg', 1000, \(one.id.string), 1, 0, 0, \(Morton.code(one.position)), \(one.position.longitude),
                \(one.position.latitude), \(one.capturedAt), 0, 90.0, 90.0, \(one.type.rawValue), 'GoPro', 'HERO8',
                1, 4000, 3000, '{"Exif.Image.Make":"GoPro"}', '[]')
            """)
    }

    private static func insertFigures(_ connection: any SQLConnection) throws {
        for audience in 0...1 {
            try connection.execute(
                """
                INSERT INTO sequence_figures
                    (sequence_id, audience, pictures, west, south, east, north, captured_from, captured_to, length,
                    type, make, model)
                SELECT sequence_id, \(audience), COUNT(*), MIN(longitude), MIN(latitude), MAX(longitude),
                    MAX(latitude), MIN(captured_at), MAX(captured_at), 0.0, NULL, 'GoPro', 'HERO8'
                FROM pictures WHERE sequence_id IS NOT NULL
                    AND sequence_id NOT IN (SELECT f.sequence_id FROM sequence_figures f WHERE f.audience = \(audience))
                GROUP BY sequence_id
                """)
        }
    }
}
