import Domain

/// What the pipeline needs to work on a picture.
package struct PictureTreatment: Hashable, Sendable {
    package let picture: Picture
    package let label: CameraLabel
    /// File name in the staging folder; nil once the original is gone.
    package let stagedName: String?

    package init(picture: Picture, label: CameraLabel, stagedName: String?) {
        self.picture = picture
        self.label = label
        self.stagedName = stagedName
    }
}
