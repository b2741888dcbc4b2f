import Domain
import Foundation

/// The sum of some pictures of a sequence.
struct SequenceTotal {
    var pictures: Int
    var box: BoundingBox
    var capturedFrom: Date
    var capturedTo: Date
    /// Metres along the pictures, by rank.
    var length: Double
    /// Present when all pictures agree.
    var type: String?
    var make: String?
    var model: String?
    /// Where it ends; known only while it is being summed up by rank.
    private var end: GeoPoint?

    init(
        pictures: Int, box: BoundingBox, capturedFrom: Date, capturedTo: Date, length: Double, type: String?,
        make: String?, model: String?
    ) {
        self.pictures = pictures
        self.box = box
        self.capturedFrom = capturedFrom
        self.capturedTo = capturedTo
        self.length = length
        self.type = type
        self.make = make
        self.model = model
    }

    /// One picture alone.
    init(first point: GeoPoint, capturedAt: Date, type: String?, make: String?, model: String?) {
        self.init(
            pictures: 1,
            box: BoundingBox(
                west: point.longitude, south: point.latitude, east: point.longitude, north: point.latitude),
            capturedFrom: capturedAt, capturedTo: capturedAt, length: 0, type: type, make: make, model: model)
        end = point
    }

    /// With `next`, a picture alone, at the end.
    func continued(by next: SequenceTotal) -> SequenceTotal { joined(by: next, between: end, and: nil) }

    /// With `step`, a picture alone, between two neighbours (nil: at that end).
    func joined(by step: SequenceTotal, between before: GeoPoint?, and after: GeoPoint?) -> SequenceTotal {
        var result = self
        result.pictures += 1
        result.box = BoundingBox(
            west: min(box.west, step.box.west), south: min(box.south, step.box.south),
            east: max(box.east, step.box.east), north: max(box.north, step.box.north))
        result.capturedFrom = min(capturedFrom, step.capturedFrom)
        result.capturedTo = max(capturedTo, step.capturedTo)
        if let point = step.end {
            result.length += (before?.distance(to: point) ?? 0) + (after?.distance(to: point) ?? 0)
        }
        if let before, let after { result.length -= before.distance(to: after) }
        if type != step.type { result.type = nil }
        if make != step.make { result.make = nil }
        if model != step.model { result.model = nil }
        result.end = step.end
        return result
    }
}
