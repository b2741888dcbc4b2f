import Domain
import Foundation
import Glibc

/// Where the parts of a JPEG file lie (ITU-T T.81, annex B), read without decoding anything.
package struct JPEGStructure: Sendable {
    /// An application segment, whole: marker, length and payload.
    package struct Application: Sendable {
        /// 0–15, as in APP0–APP15.
        package let number: Int
        package let payload: Range<Int>
    }

    package var size: PixelSize { frame.size }
    package let frame: JPEGFrame
    package private(set) var applications: [Application] = []
    /// What decoding needs, in order: tables, frame header, scans with their data. Neither start nor end of image,
    /// no application segment, no comment, nothing behind the end of the image.
    package private(set) var essentials: [Range<Int>] = []

    /// Throws a `Rejection` for what is no JPEG, is cut short, or announces more than `maximumPixels`.
    package init(of file: Data, maximumPixels: Int) throws(Rejection) {
        guard !file.isEmpty else { throw Rejection(.invalidFile, "The file is empty.") }
        guard file.starts(with: [0xFF, 0xD8, 0xFF]) else {
            throw Rejection(.invalidFile, "The file is not a JPEG picture.")
        }
        var scanner = JPEGScanner()
        let outcome = file.withUnsafeBytes { scanner.scan($0) }
        if let size = scanner.frame?.size, size.area > maximumPixels {
            throw Self.tooManyPixels(size.area, maximum: maximumPixels)
        }
        guard outcome == .complete, let frame = scanner.frame, let scanned = scanner.scanned else {
            throw Self.cutShort
        }
        guard frame.size.area > 0 else { throw Rejection(.invalidFile, "The picture announces no pixels.") }
        try frame.check()
        guard frame.canBeCoded(in: scanned) else { throw Self.cutShort }
        self.frame = frame
        applications = scanner.applications
        essentials = scanner.essentials
    }

    private static let cutShort = Rejection(
        .invalidFile, "The picture is damaged or cut short: the file ends before the picture does.")

    private static func tooManyPixels(_ pixels: Int, maximum: Int) -> Rejection {
        Rejection(
            .invalidFile,
            "The picture announces \(megapixels(pixels)) megapixels; at most \(megapixels(maximum)) are taken.",
            details: ["pixels": String(pixels), "maximum_pixels": String(maximum)])
    }

    /// Whole megapixels where that says enough, else one decimal.
    private static func megapixels(_ pixels: Int) -> String {
        let tenths = (pixels + 50_000) / 100_000
        return tenths >= 100 || tenths % 10 == 0 ? String((tenths + 5) / 10) : "\(tenths / 10).\(tenths % 10)"
    }
}
