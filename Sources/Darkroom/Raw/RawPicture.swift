import CLibRaw
import CTurboJPEG
import Domain
import Foundation

/// Makes a JPEG of a camera's raw file, which is then treated like any other: the preview that the camera has put into
/// it, or the sensor's data developed at half their size, with the tags of the raw file.
package enum RawPicture {
    /// Of the JPEG that is made from the sensor's data.
    private static let quality: Int32 = 95
    /// Pixels of the longer side: a preview that is smaller shows nothing that anyone looks for.
    private static let smallestPreview = 1024

    /// Throws a `Rejection` for what cannot be read or announces more than `maximumPixels`.
    package static func jpeg(of file: Data, maximumPixels: Int) throws -> Data {
        try file.withUnsafeBytes { bytes in
            let handle = try RawHandle(bytes, maximumPixels: maximumPixels)
            let metadata = RawMetadata(of: file, facts: handle.facts)
            return metadata.put(into: try picture(of: handle, maximumPixels))
        }
    }

    /// The preview, where it shows as much as what could be developed; else that, and the preview where it cannot.
    private static func picture(of handle: borrowing RawHandle, _ maximumPixels: Int) throws -> Data {
        let preview = handle.preview()
        // One that no JPEG reader takes, or that announces too much, is as good as none.
        let structure = preview.flatMap { try? JPEGStructure(of: $0, maximumPixels: maximumPixels) }
        let longer = structure.map { max($0.size.width, $0.size.height) } ?? 0
        let whole = max(Int(handle.facts.width), Int(handle.facts.height))
        if let preview, longer > 0, longer * 2 >= whole { return preview }
        do {
            return try handle.developed(quality: quality)
        } catch let rejection as Rejection {
            if let preview, longer >= smallestPreview { return preview }
            throw rejection
        }
    }
}

/// Owns what LibRaw holds of one file, whose bytes must outlive it.
struct RawHandle: ~Copyable {
    private let raw: OpaquePointer
    let facts: ws_raw_facts

    init(_ bytes: UnsafeRawBufferPointer, maximumPixels: Int) throws {
        var opened: OpaquePointer?
        var facts = ws_raw_facts()
        let outcome = ws_raw_open(
            bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, Int64(maximumPixels), &opened, &facts)
        guard outcome == ws_raw_done, let opened else {
            throw Self.failure(outcome, pixels: Int(facts.width) * Int(facts.height), maximum: maximumPixels)
        }
        self.raw = opened
        self.facts = facts
    }

    deinit { ws_raw_close(raw) }

    /// The largest JPEG in the file; nil when there is none.
    func preview() -> Data? {
        var bytes: UnsafePointer<UInt8>?
        var count = 0
        guard ws_raw_preview(raw, &bytes, &count) == ws_raw_done, let bytes else { return nil }
        return Data(bytes: bytes, count: count)
    }

    /// A JPEG of what the sensor has seen, at half its size and not turned.
    func developed(quality: Int32) throws -> Data {
        var pixels: UnsafeMutablePointer<UInt8>?
        var (width, height) = (Int32(0), Int32(0))
        let outcome = ws_raw_develop(raw, &pixels, &width, &height)
        guard outcome == ws_raw_done, let pixels else { throw Self.failure(outcome) }
        defer { ws_raw_free(pixels) }
        return try JPEGBuffer.fill { ws_bgr_encode(pixels, width, height, Int(width) * 3, quality, &$0, &$1) }
    }

    private static func failure(_ outcome: ws_raw_outcome, pixels: Int = 0, maximum: Int = 0) -> any Error {
        switch outcome {
        case ws_raw_no_memory: return Failure(.unavailable, "There is no memory for the raw file.")
        case ws_raw_too_large:
            return Rejection(
                .invalidFile, "The raw file announces more pixels than are taken.",
                details: ["cause": "too_many_pixels", "pixels": "\(pixels)", "maximum_pixels": "\(maximum)"])
        case ws_raw_unsupported:
            return Rejection(
                .invalidFile,
                "The raw file cannot be read: it is cut short or of an unknown kind, and no preview in it is large enough.",
                details: ["cause": "raw_unsupported"])
        default:
            return Rejection(
                .invalidFile, "The raw file is damaged or cut short, or it is none.",
                details: ["cause": "raw_damaged"])
        }
    }
}
