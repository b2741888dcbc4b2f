import Domain
import Foundation

/// The bytes around the files of a ZIP (PKWARE APPNOTE 6.3.10): stored as they are, names in UTF-8, ZIP64 where needed.
///
/// Sizes and sums stand before each file, so that a reader can take the archive as it comes.
package struct ZipLayout {
    private struct Entry {
        let name: String
        let size: Int64
        let sum: UInt32
        let time: UInt32
        let offset: Int64
    }

    private var entries: [Entry] = []
    private var offset: Int64 = 0
    private static let largest32 = Int64(UInt32.max)
    private static let utf8Names: UInt16 = 1 << 11
    private static let unix: UInt16 = 3 << 8

    package init() {}

    /// The header before a file of `size` bytes and the CRC-32 `sum`; the bytes themselves come next.
    package mutating func add(_ name: String, size: Int64, sum: UInt32, modified: Date) -> [UInt8] {
        let entry = Entry(name: name, size: size, sum: sum, time: Self.time(modified), offset: offset)
        entries.append(entry)
        let isLarge = size >= Self.largest32
        var bytes = LittleEndian()
        bytes.add(UInt32(0x0403_4B50))
        bytes.add(Self.version(isLarge))
        bytes.add(Self.utf8Names)
        bytes.add(UInt16(0))
        bytes.add(entry.time)
        bytes.add(sum)
        for _ in 0..<2 { bytes.add(isLarge ? UInt32.max : UInt32(size)) }
        bytes.add(UInt16(name.utf8.count))
        bytes.add(UInt16(isLarge ? 20 : 0))
        bytes.bytes += name.utf8
        if isLarge { Self.addExtra([size, size], to: &bytes) }
        offset += Int64(bytes.bytes.count) + size
        return bytes.bytes
    }

    /// The directory and what ends the archive, in pieces of some hundred files.
    package consuming func end(_ write: ([UInt8]) async throws -> Void) async throws {
        let start = offset
        for first in stride(from: 0, to: entries.count, by: 500) {
            var bytes = LittleEndian()
            for entry in entries[first..<min(first + 500, entries.count)] { Self.add(entry, to: &bytes) }
            offset += Int64(bytes.bytes.count)
            try await write(bytes.bytes)
        }
        try await write(ending(directory: start))
    }

    private static func add(_ entry: Entry, to bytes: inout LittleEndian) {
        let (isLarge, isFar) = (entry.size >= largest32, entry.offset >= largest32)
        let extra = (isLarge ? [entry.size, entry.size] : []) + (isFar ? [entry.offset] : [])
        bytes.add(UInt32(0x0201_4B50))
        bytes.add(version(true) | unix)
        bytes.add(version(!extra.isEmpty))
        bytes.add(utf8Names)
        bytes.add(UInt16(0))
        bytes.add(entry.time)
        bytes.add(entry.sum)
        for _ in 0..<2 { bytes.add(isLarge ? UInt32.max : UInt32(entry.size)) }
        bytes.add(UInt16(entry.name.utf8.count))
        bytes.add(UInt16(extra.isEmpty ? 0 : 4 + 8 * extra.count))
        // No comment, one disk, no internal attributes.
        for _ in 0..<3 { bytes.add(UInt16(0)) }
        // A regular file, 0644.
        bytes.add(UInt32(0o100644) << 16)
        bytes.add(isFar ? UInt32.max : UInt32(entry.offset))
        bytes.bytes += entry.name.utf8
        if !extra.isEmpty { addExtra(extra, to: &bytes) }
    }

    /// §4.3.14 to §4.3.16.
    private func ending(directory start: Int64) -> [UInt8] {
        let (size, count) = (offset - start, entries.count)
        var bytes = LittleEndian()
        if count >= Int(UInt16.max) || start >= Self.largest32 || size >= Self.largest32 {
            bytes.add(UInt32(0x0606_4B50))
            bytes.add(UInt64(44))
            bytes.add(Self.version(true) | Self.unix)
            bytes.add(Self.version(true))
            bytes.add(UInt64(0))
            for value in [Int64(count), Int64(count), size, start] { bytes.add(UInt64(value)) }
            bytes.add(UInt32(0x0706_4B50))
            bytes.add(UInt32(0))
            bytes.add(UInt64(offset))
            bytes.add(UInt32(1))
        }
        bytes.add(UInt32(0x0605_4B50))
        bytes.add(UInt32(0))
        for _ in 0..<2 { bytes.add(UInt16(clamping: count)) }
        bytes.add(UInt32(clamping: size))
        bytes.add(UInt32(clamping: start))
        bytes.add(UInt16(0))
        return bytes.bytes
    }

    /// The field of 64-bit sizes and places (§4.5.3).
    private static func addExtra(_ values: [Int64], to bytes: inout LittleEndian) {
        bytes.add(UInt16(1))
        bytes.add(UInt16(8 * values.count))
        for value in values { bytes.add(UInt64(value)) }
    }

    private static func version(_ isZIP64: Bool) -> UInt16 { isZIP64 ? 45 : 20 }

    /// Date and time as MS-DOS has them (§4.4.6), from 1980 to 2107 in steps of two seconds.
    private static func time(_ moment: Date) -> UInt32 {
        let civil = CivilDate(moment)
        guard civil.year >= 1980 else { return 1 << 21 | 1 << 16 }
        let date = min(civil.year - 1980, 127) << 9 | civil.month << 5 | civil.day
        return UInt32(date << 16 | civil.hour << 11 | civil.minute << 5 | civil.second / 2)
    }
}
