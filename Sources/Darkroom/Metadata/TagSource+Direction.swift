extension TagSource {
    /// Degrees clockwise from north, 0 ≤ heading < 360, unrounded: the compass, else the course over ground, else the
    /// heading of a panorama's centre.
    func heading(warnings: inout [String]) -> Double? {
        if let compass = Self.normalised(number(.gps, 0x0011)) {
            if text(.gps, 0x0010)?.uppercased().hasPrefix("M") == true {
                warnings.append("The heading is magnetic and is taken as true north.")
            }
            return compass
        }
        let other =
            Self.normalised(xmpNumber("Xmp.exif.GPSImgDirection")) ?? Self.normalised(mapillary?.trueHeading)
            ?? Self.normalised(number(.gps, 0x000F)) ?? Self.normalised(xmpNumber("Xmp.GPano.PoseHeadingDegrees"))
        if other == nil { warnings.append("The tags give no heading; the movement will have to.") }
        return other
    }

    /// Degrees; positive looks up.
    func pitch() -> Double? { angle("Pitch", within: 90) }

    /// Degrees; positive tilts clockwise.
    func roll() -> Double? { angle("Roll", within: 180) }

    private func angle(_ name: String, within limit: Double) -> Double? {
        for key in ["Xmp.Camera.\(name)", "Xmp.GPano.Pose\(name)Degrees"] {
            if let degrees = xmpNumber(key), abs(degrees) <= limit { return degrees }
        }
        return nil
    }

    /// A full turn is 0, left of north counts back from 360; beyond one turn it is no heading.
    private static func normalised(_ degrees: Double?) -> Double? {
        guard let degrees, abs(degrees) <= 360 else { return nil }
        let positive = degrees < 0 ? degrees + 360 : degrees
        return positive >= 360 ? 0 : positive
    }
}
