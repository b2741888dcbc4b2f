import Domain

/// A picture's raw file, as the pipeline needs it.
package struct PictureRaw: Hashable, Sendable {
    package let file: RawFile
    /// File name in the staging folder of its bytes, while they wait to be sealed or kept beside those of the JPEG.
    package let stagedName: String?
    /// File name in the staging folder of a JPEG that is to take its place as what the picture is made from.
    package let jpegStagedName: String?

    package init(file: RawFile, stagedName: String?, jpegStagedName: String?) {
        self.file = file
        self.stagedName = stagedName
        self.jpegStagedName = jpegStagedName
    }
}
