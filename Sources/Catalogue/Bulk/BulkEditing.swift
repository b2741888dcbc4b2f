import Domain
import Foundation

/// One batch of a bulk edit, inside its transaction.
struct BulkEditing: Sendable {
    let edit: PictureBulkEdit
    let viewer: Viewer
    let moment: Date
    /// Where pictures have gone so far.
    var move: BulkMove
    private(set) var outcome = BulkOutcome()
    /// Sequences that pictures were changed in, left or came to.
    private(set) var touched: Set<SequenceID> = []

    init(edit: PictureBulkEdit, viewer: Viewer, moment: Date, move: BulkMove) {
        self.edit = edit
        self.viewer = viewer
        self.moment = moment
        self.move = move
    }

    mutating func run(_ ids: [PictureID], _ connection: any SQLConnection) throws {
        let known = try BulkStore.editable(ids, viewer, &outcome, connection)
        let label = try edit.label.map { try BulkTarget($0, connection) }
        var pictures: [Picture] = []
        for picture in known {
            if let reason = try reason(against: picture, label, connection) {
                outcome.keep(picture.id, reason)
            } else {
                pictures.append(picture)
            }
        }
        guard !pictures.isEmpty else { return }
        for picture in pictures { try change(picture, connection) }
        let chosen: SQLStatement = "id IN \(SQLStatement.list(pictures.map { .id($0.id) }))"
        try connection.execute("UPDATE pictures SET updated_at = \(moment) WHERE \(chosen)")
        touched = Set(pictures.compactMap(\.sequenceID))
        if let label {
            let made = try move.carryOut(pictures, to: label, by: viewer, at: moment, connection)
            for id in made.new { outcome.make(id) }
            touched.formUnion(made.all)
        }
        if let visibility = edit.visibility {
            try connection.execute("UPDATE pictures SET own_visibility = \(visibility.rawValue) WHERE \(chosen)")
        }
        if edit.visibility != nil || label != nil { try AudienceRule.apply(where: chosen, connection) }
        for id in touched { try SequenceFigures.refreshOrDelete(id, at: moment, connection) }
        for picture in pictures { outcome.change(picture.id) }
        try audit(pictures, connection)
    }

    /// Why the picture cannot be changed so; nil when it can.
    private func reason(
        against picture: Picture, _ label: BulkTarget?, _ connection: any SQLConnection
    ) throws -> BulkOutcome.Reason? {
        if edit.needsPrepared, picture.status != .prepared || picture.tags == nil { return .notPrepared }
        if edit.headingOffset != nil, picture.heading == nil { return .noHeading }
        if edit.quarterTurns != 0, let reason = try BulkTurn.reason(against: picture, at: moment, connection) {
            return reason
        }
        return try label?.reason(against: picture, at: moment, connection)
    }

    private func change(_ picture: Picture, _ connection: any SQLConnection) throws {
        if edit.corrects { try correct(picture, connection) }
        if edit.quarterTurns != 0 { try BulkTurn.ask(for: picture.id, edit.quarterTurns, at: moment, connection) }
        guard !edit.tags.isEmpty else { return }
        // What a picture has or lacks already is no fault of many.
        let table = TagTable(.picture(picture.id))
        let made = try edit.tags.filter { change in
            switch change.action {
            case .add: try table.insert(change.tag, connection)
            case .delete: try table.delete(change.tag, connection)
            }
        }
        try SemanticVolume.check(.picture(picture.id), connection)
        try TagHistory.record(made, of: .picture(picture.id), by: viewer, at: moment, connection)
    }

    private func correct(_ picture: Picture, _ connection: any SQLConnection) throws {
        guard let tags = picture.tags else { return }
        let change = edit.edit(of: tags, heading: picture.heading), corrected = change.corrected(tags)
        try connection.execute(
            """
            UPDATE pictures SET captured_at = \(corrected.capturedAt), gps_time = \(corrected.gpsTime),
                camera_time = \(corrected.cameraTime), tag_heading = \(corrected.heading)
            WHERE id = \(picture.id)
            """)
        guard let heading = change.heading else { return }
        try connection.execute(
            "UPDATE pictures SET heading = \(heading), heading_computed = 0 WHERE id = \(picture.id)")
    }

    private func audit(_ pictures: [Picture], _ connection: any SQLConnection) throws {
        guard let first = pictures.first else { return }
        var details = ["pictures": pictures.map(\.id.string).joined(separator: ","), "count": "\(pictures.count)"]
        details["label"] = edit.label?.string
        details["visibility"] = edit.visibility?.rawValue
        details["heading"] = edit.heading.map { "\($0)" }
        details["heading_offset"] = edit.headingOffset.map { "\($0)" }
        details["time_offset"] = edit.timeOffset.map { "\($0)" }
        if edit.quarterTurns != 0 { details["rotation"] = "\(edit.quarterTurns * 90)" }
        if !edit.tags.isEmpty { details["tags"] = "\(edit.tags.count)" }
        try AuditStore.insert(
            "pictures.edited", by: viewer, subject: first.id.string, details: details, at: moment, connection)
    }
}
