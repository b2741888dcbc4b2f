import Domain
import Foundation

/// Pictures that wait for a place on the wire.
enum PlaceDocument {
    static func held(_ picture: HeldPicture) -> JSONObject {
        var object: JSONObject = [
            "picture_id": .string(picture.id.string), "file_name": .string(picture.path), "size": .int(picture.size),
            "missing": .array(picture.missing.map(\.rawValue).sorted().map(JSON.string)),
            "held_since": .string(RFC3339.string(picture.heldAt)),
            "held_until": .string(RFC3339.string(picture.heldUntil)),
        ]
        object["camera_time"] = picture.cameraTime.map { .string(RFC3339.string($0)) }
        return object
    }

    static func match(_ match: Placing.Match) -> JSON {
        var object: JSONObject = [
            "picture_id": .string(match.picture.id.string), "file_name": .string(match.picture.path),
        ]
        switch match.outcome {
        case .placed(let point):
            object["outcome"] = "placed"
            object["longitude"] = .rounded(point.position.longitude, places: 7)
            object["latitude"] = .rounded(point.position.latitude, places: 7)
            object["altitude"] = point.altitude.map { .rounded($0, places: 2) }
            object["captured_at"] = .string(RFC3339.string(point.moment))
        case .tooFar(let seconds):
            object["outcome"] = "too_far_in_time"
            object["seconds"] = .rounded(seconds, places: 1)
        case .noTime:
            object["outcome"] = "no_time"
        }
        return .object(object)
    }

    /// With as many points as a screen can show.
    static func track(_ track: Track) -> JSON {
        let step = max(1, track.points.count / mostPoints)
        var points = stride(from: 0, to: track.points.count, by: step).map { track.points[$0].position }
        if let last = track.points.last?.position, points.last != last { points.append(last) }
        return .object([
            "points": .int(track.points.count), "from": .string(RFC3339.string(track.start)),
            "to": .string(RFC3339.string(track.end)),
            "line": .array(points.map { .array([.double($0.longitude), .double($0.latitude)]) }),
        ])
    }

    private static let mostPoints = 2000
}
