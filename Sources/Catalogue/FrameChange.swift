import Domain
import Foundation

/// A picture that is made anew in another frame: what people have drawn on it goes along.
package struct FrameChange: Hashable, Sendable {
    package let before: PictureFrame?
    package let after: PictureFrame?
    /// It is made as its label says now, whether or not that is the same frame.
    package let settles: Bool
    /// Quarters by which the picture alone is turned from then on, beside what its label says.
    package let turns: Int

    package init(before: PictureFrame?, after: PictureFrame?, settles: Bool, turns: Int = 0) {
        self.before = before
        self.after = after
        self.settles = settles
        self.turns = turns
    }

    package var isChange: Bool { before != after || settles }

    /// Quarters clockwise between the two.
    package var quarterTurns: Int { ((after?.quarterTurns ?? 0) - (before?.quarterTurns ?? 0) + 4) % 4 }

    /// From pixels of the picture as it was to those of the picture as it will be.
    package var map: PlaneMap { (before?.shown.inverse ?? PlaneMap()).then(after?.shown ?? PlaneMap()) }

    /// What is known of the picture, in its new frame; what people have corrected stays.
    package func tags(_ known: PictureTags?, made: PictureTags) -> PictureTags {
        guard before != after, var tags = known else { return known ?? made }
        tags.width = made.width
        tags.height = made.height
        tags.orientation = made.orientation
        tags.fieldOfView = made.fieldOfView
        tags.sensorWidth = made.sensorWidth
        tags.roll = made.roll
        return tags
    }

    /// In the transaction that shows the picture as it was made anew.
    func apply(to picture: PictureID, _ tags: PictureTags, _ connection: any SQLConnection) throws {
        try ProcessingStore.note(FrameRecord(frame: after, turns: turns), of: picture, connection)
        guard before != after else { return }
        try connection.execute("UPDATE pictures SET \(try PictureRow.assignments(tags)) WHERE id = \(picture)")
        for correction in try CorrectionRow.list(of: picture, connection) {
            try CorrectionRow.replace(correction.moved(by: map), connection)
        }
        try AnnotationTable.move(picture, by: map, connection)
    }
}

extension Correction {
    /// The same, where its place is now.
    package func moved(by map: PlaneMap) -> Correction {
        let moved: Change =
            switch change {
            case .region(let outline): .region(map(outline))
            case .wrong(let finding): .wrong(finding.moved(by: map))
            }
        return Correction(
            id: id, pictureID: pictureID, change: moved, accountID: accountID, createdAt: createdAt,
            appliedRevision: appliedRevision)
    }
}

extension Redaction {
    /// The same, where its place is now: the smallest rectangle around it.
    package func moved(by map: PlaneMap) -> Redaction {
        let outline = polygon ?? Polygon(x: Double(x), y: Double(y), width: Double(width), height: Double(height))
        let around = Redaction(subject: subject, polygon: map(outline), score: score, model: model)
        return Redaction(
            subject: subject, x: around.x, y: around.y, width: around.width, height: around.height, score: score,
            model: model, polygon: polygon.map { map($0) })
    }
}

extension RedactionOrder {
    /// What people have said, where its place is now.
    package func moved(by change: FrameChange) -> RedactionOrder {
        guard change.before != change.after else { return self }
        return RedactionOrder(corrections: corrections.map { $0.moved(by: change.map) }, run: run)
    }
}
