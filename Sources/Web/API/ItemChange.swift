import Domain
import Foundation

/// What a client sends to change an item (Panoramax `PATCH …/items/{id}`), JSON or form.
struct ItemChange: Decodable {
    private let visibility: String?
    private let visible: Lenient<Bool>?
    private let heading: Lenient<Double>?
    private let pitch: Lenient<Double>?
    private let roll: Lenient<Double>?
    private let longitude: Lenient<Double>?
    private let latitude: Lenient<Double>?
    private let captureTime: String?
    private let semantics: [SemanticsRequest]?

    enum CodingKeys: String, CodingKey {
        case visibility, visible, heading, pitch, roll, longitude, latitude, semantics
        case captureTime = "capture_time"
    }

    /// Throws `.unprocessable` with the rule that is broken.
    func edit(isPublic: Bool) throws -> PictureEdit {
        PictureEdit(
            visibility: try UploadSetRequest.visibility(visibility, isPublic: isPublic) ?? visible?.value.visibility,
            heading: try Self.degrees(heading, "heading", in: 0...360).map { $0 == 360 ? 0 : $0 },
            position: try position(), capturedAt: try capturedAt(),
            pitch: try Self.degrees(pitch, "pitch", in: -90...90), roll: try Self.degrees(roll, "roll", in: -180...180),
            tags: try SemanticsRequest.changes(semantics))
    }

    private static func degrees(
        _ value: Lenient<Double>?, _ name: String, in range: ClosedRange<Double>
    ) throws -> Double? {
        guard let degrees = value?.value else { return nil }
        guard range.contains(degrees) else {
            throw Failure(
                .unprocessable, "\(name) is from \(Int(range.lowerBound)) to \(Int(range.upperBound)) degrees.")
        }
        return degrees
    }

    private func position() throws -> GeoPoint? {
        guard longitude != nil || latitude != nil else { return nil }
        guard let longitude = longitude?.value, let latitude = latitude?.value, (-180...180).contains(longitude),
            (-90...90).contains(latitude)
        else { throw Failure(.unprocessable, "A place is a longitude and a latitude, both in degrees.") }
        return GeoPoint(longitude: longitude, latitude: latitude)
    }

    private func capturedAt() throws -> Date? {
        guard let captureTime else { return nil }
        guard let date = RFC3339.date(captureTime) else {
            throw Failure(
                .unprocessable, "capture_time is an RFC 3339 time with its zone, such as 2026-05-31T12:00:00Z.")
        }
        return date
    }
}
