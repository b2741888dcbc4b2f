import Domain

/// Tells from a file's name whether it can be a picture or the raw file of one, in words that somebody who drives
/// understands.
enum FileKind {
    /// Nil for the name of a JPEG or a raw file; else why a file of this name is not taken.
    static func rejection(of path: String) -> Rejection? {
        let name = path.split(separator: "/").last ?? ""
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        let ending = parts.count > 1 ? parts.last?.lowercased() ?? "" : ""
        if ending == "jpg" || ending == "jpeg" || RawFormat(rawValue: ending) != nil { return nil }
        return explanation(of: ending)
    }

    /// What phones write until they are told otherwise.
    static let heic = Rejection(
        .invalidFile,
        "This is a HEIC picture, which is not taken. On an iPhone choose Settings, Camera, Formats, Most Compatible; on other phones switch off HEIC or HEIF in the camera's settings. Send this one again as JPEG.",
        details: ["cause": "heic", "extension": "heic"])

    /// Why bytes that begin like this are not what the name says; nil when they are.
    static func rejection(ofStart start: [UInt8], isRaw: Bool) -> Rejection? {
        // SOI and the start of the next marker (ITU-T T.81 §B.1.1.3).
        if isRaw ? RawFormat.begins(start) : start.starts(with: [0xFF, 0xD8, 0xFF]) { return nil }
        if heicStarts.contains(where: { start.dropFirst(4).starts(with: $0.utf8) }) { return heic }
        return Rejection(
            .invalidFile,
            isRaw
                ? "This is not a raw file of a camera, whatever its name says."
                : "This is not a JPEG picture, whatever its name says.",
            details: ["cause": isRaw ? "not_raw_content" : "not_jpeg_content"])
    }

    /// The file type box (ISO/IEC 14496-12 §4.3) with the brands of ISO/IEC 23008-12.
    private static let heicStarts = ["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"].map { "ftyp\($0)" }

    private static func explanation(of ending: String) -> Rejection {
        let kind = ending.uppercased()
        func refused(_ message: String, _ cause: String) -> Rejection {
            Rejection(.invalidFile, message, details: ["cause": cause, "extension": String(ending.prefix(20))])
        }
        switch ending {
        case "thm":
            return refused(
                "This is the still preview of a video (THM), not a picture taken by itself.", "video_preview")
        case "lrv":
            return refused("This is the small preview of a video (LRV), not a picture.", "video_preview")
        case "mp4", "mov", "avi", "m4v", "360", "insv", "mkv":
            return refused("This is a video (\(kind)); only pictures are taken.", "video")
        case "raw", "crw", "mrw", "x3f", "3fr", "iiq", "insp":
            return refused("This is a raw picture (\(kind)) of a kind that is not taken.", "raw")
        case "heic", "heif", "hif":
            return heic
        case "png", "webp", "avif", "tif", "tiff", "gif", "bmp":
            return refused("This is a picture of another format (\(kind)); set the camera to JPEG.", "other_format")
        case "gpx", "nmea", "fit", "kml":
            return refused("This is a GPS track (\(kind)), not a picture.", "track")
        case "":
            return refused("This file's name has no ending; pictures end in .jpg or .jpeg.", "not_jpeg")
        default:
            return refused("This is not a JPEG picture: its name ends in .\(ending.prefix(20)).", "not_jpeg")
        }
    }
}
