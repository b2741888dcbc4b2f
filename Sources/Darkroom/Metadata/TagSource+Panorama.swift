import Domain

extension TagSource {
    /// The cropped area, when it is smaller than the full panorama. Some of its tags without the others say nothing
    /// anyone could place on a sphere: such a picture is rejected.
    func panoramaCrop() throws(Rejection) -> PanoramaCrop? {
        let width = xmpWhole("Xmp.GPano.CroppedAreaImageWidthPixels")
        let height = xmpWhole("Xmp.GPano.CroppedAreaImageHeightPixels")
        let left = xmpWhole("Xmp.GPano.CroppedAreaLeftPixels")
        let top = xmpWhole("Xmp.GPano.CroppedAreaTopPixels")
        let fullWidth = xmpWhole("Xmp.GPano.FullPanoWidthPixels")
        let fullHeight = xmpWhole("Xmp.GPano.FullPanoHeightPixels")
        if width == nil, height == nil, left == nil, top == nil { return nil }

        let isWhole = width != nil && height != nil && width == fullWidth && height == fullHeight
        if isWhole { return nil }
        guard let width, let height, left != nil, top != nil, fullWidth != nil || fullHeight != nil, width > 0,
            height > 0
        else {
            throw Rejection(
                .invalidMetadata, "The panorama tags describe a cropped area only in part.",
                details: ["missing_fields": "crop"])
        }
        let wholeWidth = fullWidth ?? (fullHeight ?? 0) * 2
        let wholeHeight = fullHeight ?? wholeWidth / 2
        guard wholeWidth > width || wholeHeight > height else { return nil }
        return PanoramaCrop(fullWidth: wholeWidth, width: width)
    }

    /// The panorama tags decide, else the camera (`nil`: not in the table) and the shape of the picture.
    func type(crop: PanoramaCrop?, known: CameraTable.Camera?, isTwiceAsWideAsHigh: Bool) -> PictureType {
        if let projection = xmp?.texts["Xmp.GPano.ProjectionType"]?.lowercased() {
            // Software that stitches less than a turn calls it cylindrical, and gives the cropped area of a sphere.
            return projection == "equirectangular" || (projection == "cylindrical" && crop != nil)
                ? .equirectangular : .flat
        }
        // Cameras for the whole sphere take flat pictures too; these are not twice as wide as high.
        return isTwiceAsWideAsHigh && known?.is360 ?? true ? .equirectangular : .flat
    }
}
