import Domain

extension TagSource {
    /// Where the picture was taken: EXIF, else XMP, else Mapillary's tags.
    ///
    /// Null island (0, 0) counts as no position: it is what receivers without a fix write.
    func position(warnings: inout [String]) throws(Rejection) -> GeoPoint? {
        let found = exifPosition(&warnings) ?? xmpPosition() ?? mapillaryPosition()
        guard let found, found.latitude != 0 || found.longitude != 0 else { return nil }
        guard abs(found.latitude) <= 90, abs(found.longitude) <= 180 else {
            throw Rejection(
                .invalidMetadata, "The GPS position lies outside the world: latitude or longitude is out of range.",
                details: ["missing_fields": "lat,lon"])
        }
        if text(.gps, 0x0009)?.uppercased() == "V" {
            warnings.append("The GPS receiver had no fix; the position may be an old one.")
        }
        return GeoPoint(longitude: found.longitude, latitude: found.latitude)
    }

    /// Metres, negative below sea level.
    func altitude() -> Double? {
        if let metres = number(.gps, 0x0006) {
            // 1: below sea level; 3: below the ellipsoid (EXIF 3.0).
            let reference = exif?.field(.gps, 0x0005)?.integer()
            return reference == 1 || reference == 3 ? -abs(metres) : metres
        }
        if let metres = xmpNumber("Xmp.exif.GPSAltitude") {
            return xmpWhole("Xmp.exif.GPSAltitudeRef") == 1 ? -abs(metres) : metres
        }
        return mapillary?.altitude
    }

    private func exifPosition(_ warnings: inout [String]) -> (latitude: Double, longitude: Double)? {
        guard let latitude = exif?.field(.gps, 0x0002).flatMap(Self.degrees),
            let longitude = exif?.field(.gps, 0x0004).flatMap(Self.degrees)
        else { return nil }
        let latitudeReference = hemisphere(0x0001, of: "NS")
        let longitudeReference = hemisphere(0x0003, of: "EW")
        if latitudeReference == nil { warnings.append("The tags do not say north or south; north is assumed.") }
        if longitudeReference == nil { warnings.append("The tags do not say east or west; east is assumed.") }
        return (
            Self.signed(latitude, negative: latitudeReference.map { $0 == "S" }),
            Self.signed(longitude, negative: longitudeReference.map { $0 == "W" })
        )
    }

    private func hemisphere(_ tag: UInt16, of letters: String) -> Character? {
        guard let letter = text(.gps, tag)?.uppercased().first, letters.contains(letter) else { return nil }
        return letter
    }

    /// A reference letter decides the sign; without one, a sign that a careless writer put counts.
    private static func signed(_ degrees: Double, negative: Bool?) -> Double {
        guard let negative else { return degrees }
        return negative ? -abs(degrees) : abs(degrees)
    }

    /// Degrees from one to three values (degrees, minutes, seconds); the last ones may be unknown (0/0).
    private static func degrees(_ field: ExifField) -> Double? {
        guard let degrees = field.number(at: 0) else { return nil }
        let minutes = field.number(at: 1)
        let seconds = field.number(at: 2)
        if minutes == nil, seconds != nil { return nil }
        let fraction = (abs(minutes ?? 0) + abs(seconds ?? 0) / 60) / 60
        return degrees < 0 ? degrees - fraction : degrees + fraction
    }

    private func xmpPosition() -> (latitude: Double, longitude: Double)? {
        guard let latitude = xmpDegrees("GPSLatitude", negative: "S", positive: "N"),
            let longitude = xmpDegrees("GPSLongitude", negative: "W", positive: "E")
        else { return nil }
        return (latitude, longitude)
    }

    /// `48,30.5N` or `48,30,15N` as the XMP specification has it, or a decimal number, maybe with a `…Ref` beside.
    private func xmpDegrees(_ name: String, negative: Character, positive: Character) -> Double? {
        guard var text = xmp?.texts["Xmp.exif.\(name)"] else { return nil }
        var reference = xmp?.texts["Xmp.exif.\(name)Ref"]?.uppercased().first
        if let last = text.uppercased().last, last == negative || last == positive {
            reference = last
            text.removeLast()
        }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { NumberText.number($0) }
        guard (1...3).contains(parts.count), let degrees = parts[0] else { return nil }
        var fraction = 0.0
        for (part, unit) in zip(parts.dropFirst(), [60.0, 3_600.0]) {
            guard let part else { return nil }
            fraction += abs(part) / unit
        }
        return Self.signed(
            degrees < 0 ? degrees - fraction : degrees + fraction, negative: reference.map { $0 == negative })
    }

    private func mapillaryPosition() -> (latitude: Double, longitude: Double)? {
        guard let latitude = mapillary?.latitude, let longitude = mapillary?.longitude else { return nil }
        return (latitude, longitude)
    }
}
