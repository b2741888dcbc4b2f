import Domain
import Foundation

/// What somebody says of one picture that waits, by the API or on the page.
struct PlaceForm: Decodable {
    let pictureID: String
    let longitude: Double?
    let latitude: Double?
    let altitude: Double?
    let heading: Double?
    let capturedAt: String?

    enum CodingKeys: String, CodingKey {
        case longitude, latitude, altitude, heading
        case pictureID = "picture_id"
        case capturedAt = "captured_at"
    }

    /// The fields of the page's form: numbers as they are typed, with a comma too.
    init(_ form: PageForm) throws {
        pictureID = form["picture_id"]
        longitude = try Self.number(form["longitude"])
        latitude = try Self.number(form["latitude"])
        altitude = nil
        heading = try Self.number(form["heading"])
        let time = form["captured_at"].trimmed
        // A browser's field has no zone: it is UTC, as the page says.
        capturedAt = time.isEmpty ? nil : time.hasSuffix("Z") ? time : time + (time.count == 16 ? ":00Z" : "Z")
    }

    private static func number(_ text: String) throws -> Double? {
        let text = text.trimmed.replacing(",", with: ".")
        if text.isEmpty { return nil }
        guard let value = Double(text) else { throw Failure(.unprocessable, "A place is given in numbers.") }
        return value
    }

    /// Throws `.unprocessable` for what is no picture, place, direction or time.
    func given() throws -> (id: PictureID, place: GivenPlace) {
        guard let id = PictureID(pictureID) else { throw Placing.notHeld }
        var place = GivenPlace()
        switch (longitude, latitude) {
        case (nil, nil): break
        case (let longitude?, let latitude?):
            guard (-180...180).contains(longitude), (-90...90).contains(latitude) else {
                throw Failure(.unprocessable, "Longitude is from -180 to 180 degrees, latitude from -90 to 90.")
            }
            place.position = GeoPoint(longitude: longitude, latitude: latitude)
        default: throw Failure(.unprocessable, "A place is both longitude and latitude.")
        }
        if let altitude {
            guard abs(altitude) <= 100_000 else { throw Failure(.unprocessable, "altitude is in metres.") }
            place.altitude = altitude
        }
        if let heading {
            guard (0..<360).contains(heading) else {
                throw Failure(.unprocessable, "heading is from 0 to 360 degrees, clockwise from north.")
            }
            place.heading = heading
        }
        if let capturedAt {
            guard let moment = RFC3339.date(capturedAt) else {
                throw Failure(.unprocessable, "captured_at is a time like 2026-11-21T08:15:00Z.")
            }
            place.capturedAt = moment
        }
        return (id, place)
    }
}
