import Domain

/// Tells from a file's name whether it can be a picture, in words that somebody who drives understands.
enum FileKind {
    /// Nil for a JPEG's name; else why a file of this name is not taken.
    static func rejection(of path: String) -> Rejection? {
        let name = path.split(separator: "/").last ?? ""
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        let ending = parts.count > 1 ? parts.last?.lowercased() ?? "" : ""
        if ending == "jpg" || ending == "jpeg" { return nil }
        return explanation(of: ending)
    }

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
        case "gpr", "raw", "dng", "nef", "nrw", "cr2", "cr3", "arw", "raf", "rw2", "orf", "pef", "srw", "insp":
            return refused("This is a raw picture (\(kind)); only JPEG pictures are taken.", "raw")
        case "heic", "heif", "png", "webp", "avif", "tif", "tiff", "gif", "bmp":
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
