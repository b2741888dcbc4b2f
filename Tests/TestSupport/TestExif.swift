import Domain
import Foundation

/// The TIFF block (little-endian, EXIF 2.32) that carries a `TestJPEG`'s tags.
struct TestExif {
    private enum Value {
        case ascii(String)
        case bytes([UInt8])
        case short(Int)
        case long(Int)
        case rationals([(Int, Int)])
        /// Filled in with the offset of the directory of that index.
        case directory(Int)
    }

    private typealias Directory = [(tag: Int, value: Value)]
    private let directories: [Directory]
    private let thumbnail: [UInt8]

    init(_ jpeg: TestJPEG) {
        let clock = Clock(jpeg)
        var gps: Directory = []
        if jpeg.position != nil || jpeg.writesGPSTime || jpeg.heading != nil || jpeg.altitude != nil {
            gps = Self.gps(jpeg, clock)
        }
        let photo = Self.photo(jpeg, clock)
        var root: Directory = []
        if let make = jpeg.make { root.append((0x010F, .ascii(make))) }
        if let model = jpeg.model { root.append((0x0110, .ascii(model))) }
        root.append((0x0112, .short(jpeg.orientation)))
        if !photo.isEmpty { root.append((0x8769, .directory(1))) }
        if !gps.isEmpty { root.append((0x8825, .directory(2))) }
        directories = [root, photo, gps]
        thumbnail = jpeg.thumbnail ?? []
    }

    func bytes() -> [UInt8] {
        var starts: [Int] = []
        var offset = 8
        for directory in directories {
            starts.append(offset)
            offset += directory.isEmpty ? 0 : Self.size(of: directory)
        }
        var out: [UInt8] = Array("II".utf8) + [42, 0, 8, 0, 0, 0]
        for (index, directory) in directories.enumerated() where !directory.isEmpty {
            let next = index == 0 && !thumbnail.isEmpty ? offset : 0
            out += Self.encode(directory, at: starts[index], starts: starts, next: next)
        }
        return thumbnail.isEmpty ? out : out + thumbnailDirectory(at: offset) + thumbnail
    }

    /// IFD1, with the thumbnail right after it (TIFF 6.0 §2; EXIF 2.32, 4.5.5).
    private func thumbnailDirectory(at start: Int) -> [UInt8] {
        let size = 2 + 12 * 3 + 4
        let directory: Directory = [
            (0x0103, .short(6)), (0x0201, .long(start + size)), (0x0202, .long(thumbnail.count)),
        ]
        return Self.encode(directory, at: start, starts: [], next: 0)
    }

    // MARK: What is written

    private struct Clock {
        let date: String
        let time: String
        let milliseconds: Int
        let utcDate: String
        let utcTime: (Int, Int, Int)

        init(_ jpeg: TestJPEG) {
            let total = ((jpeg.capturedAt?.timeIntervalSince1970 ?? 0) * 1000).rounded()
            milliseconds = Int(total.truncatingRemainder(dividingBy: 1000))
            let seconds = Date(timeIntervalSince1970: (total / 1000).rounded(.down))
            let utc = Self.parts(seconds)
            let local = Self.parts(seconds.addingTimeInterval(Double(jpeg.offsetMinutes ?? 0) * 60))
            date = String(format: "%04d:%02d:%02d", local[0], local[1], local[2])
            time = String(format: "%02d:%02d:%02d", local[3], local[4], local[5])
            utcDate = String(format: "%04d:%02d:%02d", utc[0], utc[1], utc[2])
            utcTime = (utc[3], utc[4], utc[5])
        }

        private static func parts(_ moment: Date) -> [Int] {
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? .gmt
            let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: moment)
            return [parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.second].map { $0 ?? 0 }
        }
    }

    private static func photo(_ jpeg: TestJPEG, _ clock: Clock) -> Directory {
        var photo: Directory = []
        if jpeg.capturedAt != nil {
            photo.append((0x9003, .ascii("\(clock.date) \(clock.time)")))
            if let minutes = jpeg.offsetMinutes {
                let text = String(
                    format: "%@%02d:%02d", minutes < 0 ? "-" : "+", abs(minutes) / 60, abs(minutes) % 60)
                photo.append((0x9011, .ascii(text)))
            }
            if let note = jpeg.makerNote { photo.append((0x927C, .bytes(note))) }
            photo.append((0x9291, .ascii(String(format: "%03d", clock.milliseconds))))
        }
        if let serial = jpeg.serialNumber { photo.append((0xA431, .ascii(serial))) }
        return photo
    }

    private static func gps(_ jpeg: TestJPEG, _ clock: Clock) -> Directory {
        var gps: Directory = [(0, .bytes([2, 3, 0, 0]))]
        if let position = jpeg.position {
            gps.append((1, .ascii(position.latitude < 0 ? "S" : "N")))
            gps.append((2, .rationals(sexagesimal(position.latitude))))
            gps.append((3, .ascii(position.longitude < 0 ? "W" : "E")))
            gps.append((4, .rationals(sexagesimal(position.longitude))))
        }
        if let altitude = jpeg.altitude {
            gps.append((5, .bytes([altitude < 0 ? 1 : 0])))
            gps.append((6, .rationals([(Int((abs(altitude) * 1000).rounded()), 1000)])))
        }
        if jpeg.writesGPSTime, jpeg.capturedAt != nil {
            let (hour, minute, second) = clock.utcTime
            gps.append((7, .rationals([(hour, 1), (minute, 1), (second * 1000 + clock.milliseconds, 1000)])))
        }
        if let heading = jpeg.heading {
            gps.append((16, .ascii("T")))
            gps.append((17, .rationals([(Int((heading * 100).rounded()), 100)])))
        }
        if jpeg.writesGPSTime, jpeg.capturedAt != nil { gps.append((29, .ascii(clock.utcDate))) }
        return gps
    }

    /// Degrees, minutes and seconds to 10⁻⁵″ (0.3 mm).
    private static func sexagesimal(_ degrees: Double) -> [(Int, Int)] {
        let total = Int((abs(degrees) * 3_600 * 100_000).rounded())
        let (whole, rest) = total.quotientAndRemainder(dividingBy: 3_600 * 100_000)
        let (minutes, seconds) = rest.quotientAndRemainder(dividingBy: 60 * 100_000)
        return [(whole, 1), (minutes, 1), (seconds, 100_000)]
    }

    // MARK: TIFF 6.0 §2

    private static func size(of directory: Directory) -> Int {
        directory.reduce(2 + 12 * directory.count + 4) { size, entry in
            let payload = payload(of: entry.value, starts: [0, 0, 0]).bytes.count
            return size + (payload > 4 ? payload + payload % 2 : 0)
        }
    }

    private static func encode(_ directory: Directory, at start: Int, starts: [Int], next: Int) -> [UInt8] {
        var head = little(directory.count, 2)
        var tail: [UInt8] = []
        let tailStart = start + 2 + 12 * directory.count + 4
        for (tag, value) in directory {
            let (type, count, bytes) = payload(of: value, starts: starts)
            head += little(tag, 2) + little(type, 2) + little(count, 4)
            if bytes.count <= 4 {
                head += bytes + [UInt8](repeating: 0, count: 4 - bytes.count)
            } else {
                head += little(tailStart + tail.count, 4)
                tail += bytes + [UInt8](repeating: 0, count: bytes.count % 2)
            }
        }
        return head + little(next, 4) + tail
    }

    private static func payload(of value: Value, starts: [Int]) -> (type: Int, count: Int, bytes: [UInt8]) {
        switch value {
        case .ascii(let text):
            let bytes = Array(text.utf8) + [0]
            return (2, bytes.count, bytes)
        case .bytes(let bytes): return (1, bytes.count, bytes)
        case .short(let number): return (3, 1, little(number, 2))
        case .long(let number): return (4, 1, little(number, 4))
        case .rationals(let pairs): return (5, pairs.count, pairs.flatMap { little($0.0, 4) + little($0.1, 4) })
        case .directory(let index): return (4, 1, little(starts[index], 4))
        }
    }

    private static func little(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(number >> (8 * $0) & 255) }
    }
}
