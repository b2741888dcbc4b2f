import Domain

/// What the pipeline needs to work on a picture.
package struct PictureTreatment: Hashable, Sendable {
    package let picture: Picture
    package let label: CameraLabel
    /// File name in the staging folder; nil once the original is gone.
    package let stagedName: String?
    /// The raw file that came beside the original, or is the original.
    package let raw: PictureRaw?
    /// What somebody said of its place and time.
    package let given: GivenPlace?

    package init(
        picture: Picture, label: CameraLabel, stagedName: String?, raw: PictureRaw? = nil, given: GivenPlace? = nil
    ) {
        self.picture = picture
        self.label = label
        self.stagedName = stagedName
        self.raw = raw
        self.given = given
    }

    /// Whether the picture is made from its raw file, since there is no JPEG.
    package var isMadeFromRaw: Bool { raw?.file.sha256 == picture.originalSHA256 }
}
