import Domain
import Foundation

/// Pictures that are turned by quarters, each for itself: made anew by the pipeline, from the original where it is here,
/// else from what is served. They stay in sight meanwhile.
enum BulkTurn {
    static func reason(
        against picture: Picture, at moment: Date, _ connection: any SQLConnection
    ) throws -> BulkOutcome.Reason? {
        if picture.tags?.type == .equirectangular { return .panorama }
        // What is drawn would lie on its side.
        guard try ProcessingStore.rule(of: picture.labelID, connection).drawsOnHD else { return nil }
        return try BulkTarget.kept(picture.id, at: moment, connection) ? nil : .drawn
    }

    static func ask(
        for picture: PictureID, _ turns: Int, at moment: Date, _ connection: any SQLConnection
    ) throws {
        let record = try ProcessingStore.record(of: picture, connection)
        try ProcessingStore.note(record.turning(by: turns), of: picture, connection)
        try requestRun(of: picture, at: moment, connection)
    }

    /// As its camera label says, beside what is asked of it already.
    static func requestRun(of picture: PictureID, at moment: Date, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO redaction_runs (picture_id, preset, needs_original, requested_at)
            VALUES (\(picture), NULL, 0, \(moment))
            ON CONFLICT (picture_id) DO UPDATE SET requested_at = excluded.requested_at
            """)
        try JobTable.queue(.rerun(picture), at: moment, connection)
    }
}
