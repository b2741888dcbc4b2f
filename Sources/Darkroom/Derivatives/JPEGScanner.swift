import Glibc

/// Walks over a JPEG's markers from start to end of image.
struct JPEGScanner {
    enum Outcome { case complete, broken }

    private(set) var frame: JPEGFrame?
    /// Bytes of coded data; `nil` when there is no scan.
    private(set) var scanned: Int?
    private(set) var applications: [JPEGStructure.Application] = []
    private(set) var essentials: [Range<Int>] = []

    /// A file has few segments; one that has more is made to keep us busy.
    private static let mostSegments = 20_000

    mutating func scan(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        var offset = 2
        for _ in 0..<Self.mostSegments {
            guard let at = Self.marker(in: bytes, from: offset) else { return .broken }
            let marker = bytes[at]
            if marker == 0xD9 { return .complete }
            if marker == 0x01 || (0xD0...0xD8).contains(marker) {
                offset = at + 1
                continue
            }
            guard at + 2 < bytes.count else { return .broken }
            let end = at + 1 + (Int(bytes[at + 1]) << 8 | Int(bytes[at + 2]))
            guard end >= at + 3, end <= bytes.count else { return .broken }
            guard let next = take(marker, bytes, from: at, to: end) else { return .broken }
            offset = next
        }
        return .broken
    }

    /// Notes one segment; returns where the next marker is looked for, `nil` when the segment makes no sense.
    private mutating func take(_ marker: UInt8, _ bytes: UnsafeRawBufferPointer, from at: Int, to end: Int) -> Int? {
        switch marker {
        case 0xE0...0xEF:
            applications.append(.init(number: Int(marker - 0xE0), payload: (at + 3)..<end))
            return end
        case 0xDA:
            let next = Self.endOfScan(in: bytes, from: end)
            scanned = (scanned ?? 0) + next - end
            essentials.append((at - 1)..<next)
            return next
        case 0xC0...0xCF where marker != 0xC4 && marker != 0xC8 && marker != 0xCC:
            // Frame header: precision, height, width, … One frame only; hierarchical files are not taken.
            guard frame == nil, let header = JPEGFrame(marker: marker, header: bytes[(at + 3)..<end]) else {
                return nil
            }
            frame = header
        case 0xC4, 0xCC, 0xDB, 0xDC, 0xDD:
            // Code tables, quantisation, number of lines, restart interval.
            break
        default:
            // Comments, and what the standard reserves: no decoder needs it, and anything could be in it.
            return end
        }
        essentials.append((at - 1)..<end)
        return end
    }

    /// The offset of the next marker's code byte, past fill bytes and stray ones between segments.
    private static func marker(in bytes: UnsafeRawBufferPointer, from offset: Int) -> Int? {
        guard let start = find0xFF(in: bytes, from: offset) else { return nil }
        var at = start
        while at < bytes.count, bytes[at] == 0xFF { at += 1 }
        guard at < bytes.count else { return nil }
        return bytes[at] == 0 ? marker(in: bytes, from: at) : at
    }

    /// The offset of the marker (its 0xFF) that ends the entropy-coded data; the file's end when there is none.
    private static func endOfScan(in bytes: UnsafeRawBufferPointer, from offset: Int) -> Int {
        var at = offset
        while let found = find0xFF(in: bytes, from: at), found + 1 < bytes.count {
            let code = bytes[found + 1]
            // Stuffed zero, restart marker or fill byte: still within the data.
            if code != 0, code != 0xFF, !(0xD0...0xD7).contains(code) { return found }
            at = code == 0xFF ? found + 1 : found + 2
        }
        return bytes.count
    }

    private static func find0xFF(in bytes: UnsafeRawBufferPointer, from offset: Int) -> Int? {
        guard offset < bytes.count, let base = bytes.baseAddress else { return nil }
        guard let found = memchr(base + offset, 0xFF, bytes.count - offset) else { return nil }
        return UnsafeRawPointer(found) - base
    }
}
