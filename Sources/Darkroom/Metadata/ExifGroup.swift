/// The directories of an EXIF block, named as exiv2 names them.
enum ExifGroup: Int, Hashable, Sendable {
    case image = 0
    case thumbnail = 1
    case photo = 2
    case gps = 3
    case interoperability = 4

    /// The middle word of a key such as `Exif.Photo.FNumber`.
    var keyName: String {
        switch self {
        case .image: "Image"
        case .thumbnail: "Thumbnail"
        case .photo: "Photo"
        case .gps: "GPSInfo"
        case .interoperability: "Iop"
        }
    }
}
