/// What is done to the pictures of a camera label before anything else is made of them. The received file is never changed.
///
/// In this order: upright as the camera says (EXIF), turned by quarter turns, straightened by a free angle, cropped, made
/// smaller; then legend and logo are drawn on those of its files that are chosen.
package struct FirstProcessing: Hashable, Sendable {
    package var crop: Crop?
    /// Clockwise, 0 to 3.
    package var quarterTurns: Int
    /// Degrees clockwise, −45 to 45. What is left is the largest rectangle of the same shape without empty corners.
    package var angle: Double
    /// What the picture is made to fit in.
    package var size: Rendition?
    package var legend: Legend?
    package var logo: LogoPlace?

    package static let none = FirstProcessing()
    package static let angles = -45.0...45.0

    package init(
        crop: Crop? = nil, quarterTurns: Int = 0, angle: Double = 0, size: Rendition? = nil, legend: Legend? = nil,
        logo: LogoPlace? = nil
    ) {
        self.crop = crop
        self.quarterTurns = quarterTurns
        self.angle = angle
        self.size = size
        self.legend = legend
        self.logo = logo
    }

    /// Whether a picture shows something else than all of what the camera wrote, at its own size.
    package var changesFrame: Bool { crop != nil || quarterTurns != 0 || angle != 0 || size != nil }

    /// Whether the full-size file is drawn on, which is then coded anew as a whole.
    package var drawsOnHD: Bool {
        legend?.files.contains(.hd) == true || logo?.files.contains(.hd) == true
    }

    /// Itself, checked. Throws `.unprocessable` with the rule that is broken.
    package func validated() throws -> FirstProcessing {
        guard (0...3).contains(quarterTurns) else {
            throw Failure(
                .unprocessable, "A picture is turned by 0, 90, 180 or 270 degrees, and straightened by an angle.",
                details: ["reason": "rotation"])
        }
        guard angle.isFinite, Self.angles.contains(angle) else {
            throw Failure(
                .unprocessable, "A picture is straightened by an angle from −45 to 45 degrees.",
                details: ["reason": "angle"])
        }
        try crop?.validate()
        try legend?.validate()
        try logo?.validate()
        return self
    }

    /// What a picture shows; nil: all of it, as the camera wrote it.
    ///
    /// - Parameters:
    ///   - width, height: pixels of the picture upright, as the camera wrote it.
    /// - Throws: `.unprocessable` where the crop does not fit, or the picture is one that cannot be cropped.
    package func frame(ofWidth width: Int, height: Int, type: PictureType) throws -> PictureFrame? {
        guard changesFrame || drawsOnHD else { return nil }
        guard type != .equirectangular || (crop == nil && quarterTurns == 0 && angle == 0) else {
            throw Failure(
                .unprocessable,
                "A 360° picture cannot be cropped, turned or straightened: its sides meet. To turn it about the "
                    + "vertical, correct its heading.", details: ["reason": "panorama"])
        }
        return try PictureFrame(self, width: width, height: height)
    }
}

extension FirstProcessing: Codable {
    private enum CodingKeys: String, CodingKey { case crop, quarterTurns, angle, size, legend, logo }

    /// What is not said is as in `none`, so that a later version can add to what an older one stored.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            crop: try values.decodeIfPresent(Crop.self, forKey: .crop),
            quarterTurns: try values.decodeIfPresent(Int.self, forKey: .quarterTurns) ?? 0,
            angle: try values.decodeIfPresent(Double.self, forKey: .angle) ?? 0,
            size: try values.decodeIfPresent(Rendition.self, forKey: .size),
            legend: try values.decodeIfPresent(Legend.self, forKey: .legend),
            logo: try values.decodeIfPresent(LogoPlace.self, forKey: .logo))
    }
}
