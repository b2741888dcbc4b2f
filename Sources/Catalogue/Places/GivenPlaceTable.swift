import Domain
import Foundation

/// What somebody said of pictures' places and times, inside somebody else's transaction.
enum GivenPlaceTable {
    static let columns: SQLStatement = "g.longitude, g.latitude, g.altitude, g.heading, g.captured_at"

    /// Of a row in which all is absent where nothing was said.
    static func place(_ row: inout SQLRowReader) -> GivenPlace? {
        let longitude = row.optionalDouble(), latitude = row.optionalDouble()
        var place = GivenPlace(
            altitude: row.optionalDouble(), heading: row.optionalDouble(), capturedAt: row.optionalDate())
        if let longitude, let latitude { place.position = GeoPoint(longitude: longitude, latitude: latitude) }
        return place == GivenPlace() ? nil : place
    }

    /// Puts it in the place of what was said before.
    static func write(
        _ place: GivenPlace, of id: PictureID, by viewer: Viewer, at moment: Date, _ connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            INSERT OR REPLACE INTO given_places
                (picture_id, longitude, latitude, altitude, heading, captured_at, given_by, given_at)
            VALUES (\(id), \(place.position?.longitude), \(place.position?.latitude), \(place.altitude),
                \(place.heading), \(place.capturedAt), \(viewer.accountID), \(moment))
            """)
    }
}
