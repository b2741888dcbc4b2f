import Foundation

/// A received picture that waits to be told where, or when, it was taken.
package struct HeldPicture: Hashable, Sendable {
    package let id: PictureID
    /// Within the dropped folder.
    package let path: String
    /// Bytes.
    package let size: Int64
    /// What its tags lack.
    package let missing: Set<Missing>
    /// What the camera's clock showed, taken as UTC where the tags name no time zone.
    package let cameraTime: Date?
    package let heldAt: Date
    /// Refused then, if nobody has said anything.
    package let heldUntil: Date

    package enum Missing: String, Sendable, Codable, CaseIterable {
        case place, time
    }

    package init(
        id: PictureID, path: String, size: Int64, missing: Set<Missing>, cameraTime: Date?, heldAt: Date,
        heldUntil: Date
    ) {
        self.id = id
        self.path = path
        self.size = size
        self.missing = missing
        self.cameraTime = cameraTime
        self.heldAt = heldAt
        self.heldUntil = heldUntil
    }

    /// How long a picture waits; in days.
    package static let days = 30
    /// The same in seconds.
    package static let lifetime = Double(days) * 86_400

    /// Whether what is given is all that the picture lacks.
    package func isSatisfied(by place: GivenPlace) -> Bool {
        (!missing.contains(.place) || place.position != nil) && (!missing.contains(.time) || place.capturedAt != nil)
    }

    /// What a file says that nobody has placed in time, or whose owner has given up.
    package static func refusal(of missing: Set<Missing>, isGivenUp: Bool) -> Rejection {
        let fields = (missing.contains(.place) ? ["lat", "lon"] : []) + (missing.contains(.time) ? ["datetime"] : [])
        return Rejection(
            .invalidMetadata,
            isGivenUp
                ? "The picture was given up: nobody knows where or when it was taken."
                : "Nobody said in time where or when the picture was taken; send it again to place it.",
            details: ["missing_fields": fields.joined(separator: ",")])
    }
}

extension Rejection {
    /// What a person could add, if that is all that is wrong.
    package var missing: Set<HeldPicture.Missing> {
        guard reason == .invalidMetadata, let fields = details["missing_fields"]?.split(separator: ",") else {
            return []
        }
        return Set(
            fields.compactMap { field -> HeldPicture.Missing? in
                switch field {
                case "lat", "lon": .place
                case "datetime": .time
                default: nil
                }
            })
    }

    /// Of a picture without a place: what its camera's clock showed.
    package var cameraTime: Date? { details[Self.cameraTimeKey].flatMap { RFC3339.date($0) } }

    /// As its sender is told.
    package var withoutCameraTime: Rejection {
        Rejection(reason, message, details: details.filter { $0.key != Self.cameraTimeKey })
    }

    package static let cameraTimeKey = "camera_time"
}
