import Domain
import Foundation

/// A small, valid raw file (Adobe's DNG 1.4 over TIFF 6.0) with EXIF and GPS tags, made in memory: the sensor's values
/// uncompressed behind a red, green, green, blue filter, and a JPEG preview where there is one.
package struct TestDNG: Sendable {
    /// Pixels of the sensor; even.
    package var width = 320
    package var height = 240
    /// What the header claims, when it should lie.
    package var announcedWidth: Int?
    package var announcedHeight: Int?
    /// The value (0–65535) behind a filter (0 red, 1 green, 2 blue) at a pixel.
    package var value: @Sendable (_ x: Int, _ y: Int, _ filter: Int) -> Int = { x, _, _ in 8000 + x * 100 }
    /// A whole JPEG, and its size.
    package var preview: TestJPEG?
    package var position: GeoPoint? = GeoPoint(longitude: 2.35, latitude: 48.85)
    /// Metres.
    package var altitude: Double?
    /// Written without an offset, as a camera that is set to UTC shows it.
    package var capturedAt: Date? = Date(timeIntervalSince1970: 1_717_236_000)
    package var make: String? = "Wayside"
    package var serialNumber: String?
    /// EXIF orientation, 1–8.
    package var orientation = 1
    /// The kind of compression that the header claims (TIFF 6.0, tag 259); the data have none.
    package var compression = 1
    /// Stands between tags and sensor data.
    package var mark: [UInt8] = []
    /// Makes each directory point to itself as the next, and to the first as one below.
    package var isLooped = false

    package init() {}

    /// The JPEG of the same moment and place as `jpeg` as a raw file.
    package init(beside jpeg: TestJPEG) {
        position = jpeg.position
        capturedAt = jpeg.capturedAt
        preview = jpeg
        width = jpeg.width
        height = jpeg.height
    }

    /// The file.
    package func data() -> Data { Data(bytes()) }

    private struct Entry {
        let tag: Int
        let type: Int
        let count: Int
        let bytes: [UInt8]
    }

    /// The file.
    package func bytes() -> [UInt8] {
        let picture = preview?.bytes() ?? []
        let pointers = 4
        // Sizes are known before offsets are: everything is laid out once with none, and once more with the right ones.
        var offsets = [Int](repeating: 0, count: pointers + 2)
        var file: [UInt8] = []
        for _ in 0..<2 { (file, offsets) = layOut(offsets, picture) }
        return file
    }

    /// Offsets: first, Exif, GPS and preview directories, sensor data, preview.
    private func layOut(_ offsets: [Int], _ picture: [UInt8]) -> ([UInt8], [Int]) {
        let exif = position == nil && capturedAt == nil && serialNumber == nil ? [] : exifEntries
        var image = imageEntries(strip: offsets[4])
        if !exif.isEmpty { image.append(long(0x8769, offsets[1])) }
        if position != nil { image.append(long(0x8825, offsets[2])) }
        if !picture.isEmpty || isLooped { image.append(long(0x014A, isLooped ? 8 : offsets[3])) }
        var file = Array("II".utf8) + number(42, 2) + number(8, 4)
        var found: [Int] = []
        for directory in [image, exif, gpsEntries, previewEntries(at: offsets[5], count: picture.count)] {
            found.append(file.count)
            append(directory, to: &file)
        }
        file += mark
        if file.count % 2 == 1 { file.append(0) }
        found.append(file.count)
        file += sensor
        found.append(file.count)
        return (file + picture, found)
    }

    private func append(_ entries: [Entry], to file: inout [UInt8]) {
        guard !entries.isEmpty else { return }
        let start = file.count
        let valuesAt = start + 2 + entries.count * 12 + 4
        var values: [UInt8] = []
        file += number(entries.count, 2)
        for entry in entries.sorted(by: { $0.tag < $1.tag }) {
            file += number(entry.tag, 2) + number(entry.type, 2) + number(entry.count, 4)
            if entry.bytes.count <= 4 {
                file += entry.bytes + [UInt8](repeating: 0, count: 4 - entry.bytes.count)
            } else {
                file += number(valuesAt + values.count, 4)
                values += entry.bytes + (entry.bytes.count % 2 == 1 ? [0] : [])
            }
        }
        file += number(isLooped ? start : 0, 4) + values
    }

    private var sensor: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(width * height * 2)
        for y in 0..<height {
            for x in 0..<width {
                let value = value(x, y, x % 2 + y % 2)
                bytes += [UInt8(value & 255), UInt8(value >> 8 & 255)]
            }
        }
        return bytes
    }

    private func imageEntries(strip: Int) -> [Entry] {
        let matrix = [1, 0, 0, 0, 1, 0, 0, 0, 1].flatMap { number($0 * 10_000, 4) + number(10_000, 4) }
        var entries = [
            long(0x00FE, 0), long(0x0100, announcedWidth ?? width), long(0x0101, announcedHeight ?? height),
            short(0x0102, 16), short(0x0103, compression), short(0x0106, 32803), long(0x0111, strip),
            short(0x0112, orientation), short(0x0115, 1), long(0x0116, announcedHeight ?? height),
            long(0x0117, width * height * 2), Entry(tag: 0x828D, type: 3, count: 2, bytes: number(2, 2) + number(2, 2)),
            Entry(tag: 0x828E, type: 1, count: 4, bytes: [0, 1, 1, 2]),
            Entry(tag: 0xC612, type: 1, count: 4, bytes: [1, 4, 0, 0]), text(0xC614, "Wayside Test Raw"),
            Entry(tag: 0xC621, type: 10, count: 9, bytes: matrix), long(0xC61D, 65535),
            Entry(tag: 0xC628, type: 5, count: 3, bytes: (0..<3).flatMap { _ in number(1, 4) + number(1, 4) }),
        ]
        if let make { entries += [text(0x010F, make), text(0x0110, "Test Raw")] }
        if let serialNumber { entries.append(text(0xC62F, serialNumber)) }
        return entries
    }

    private func previewEntries(at offset: Int, count: Int) -> [Entry] {
        guard let preview else { return [] }
        let eight = Entry(tag: 0x0102, type: 3, count: 3, bytes: number(8, 2) + number(8, 2) + number(8, 2))
        return [
            long(0x00FE, 1), long(0x0100, preview.width), long(0x0101, preview.height), eight, short(0x0103, 7),
            short(0x0106, 6), long(0x0111, offset), short(0x0115, 3), long(0x0116, preview.height), long(0x0117, count),
        ]
    }

    private var exifEntries: [Entry] {
        guard let capturedAt else { return [short(0x8827, 100)] }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: capturedAt)
        let moment = String(
            format: "%04d:%02d:%02d %02d:%02d:%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0, parts.hour ?? 0,
            parts.minute ?? 0, parts.second ?? 0)
        return [text(0x9003, moment), text(0x9011, "+00:00"), short(0x8827, 100)]
    }

    private var gpsEntries: [Entry] {
        guard let position else { return [] }
        var entries = [
            text(1, position.latitude < 0 ? "S" : "N"), degrees(2, position.latitude),
            text(3, position.longitude < 0 ? "W" : "E"), degrees(4, position.longitude),
        ]
        if let altitude {
            entries.append(Entry(tag: 6, type: 5, count: 1, bytes: number(Int(altitude * 100), 4) + number(100, 4)))
        }
        return entries
    }

    private func degrees(_ tag: Int, _ value: Double) -> Entry {
        let whole = Int((abs(value) * 36_000_000).rounded())
        let parts = [(whole / 36_000_000, 1), (whole / 600_000 % 60, 1), (whole % 600_000, 10_000)]
        return Entry(tag: tag, type: 5, count: 3, bytes: parts.flatMap { number($0.0, 4) + number($0.1, 4) })
    }

    private func text(_ tag: Int, _ text: String) -> Entry {
        let bytes = Array(text.utf8) + [0]
        return Entry(tag: tag, type: 2, count: bytes.count, bytes: bytes)
    }

    private func short(_ tag: Int, _ value: Int) -> Entry {
        Entry(tag: tag, type: 3, count: 1, bytes: number(value, 2))
    }
    private func long(_ tag: Int, _ value: Int) -> Entry { Entry(tag: tag, type: 4, count: 1, bytes: number(value, 4)) }

    /// Little-endian.
    private func number(_ value: Int, _ size: Int) -> [UInt8] { (0..<size).map { UInt8(value >> (8 * $0) & 255) } }
}
