import Domain
import Foundation

/// Reads the track points of a GPX file (1.0 or 1.1), from a receiver, a telephone or a watch.
///
/// It comes from strangers and is read where the catalogue is. So this is no XML parser: it knows elements, attributes,
/// text and comments, and refuses a document type, so that there is nothing to expand and nothing to fetch.
struct GPXReader {
    /// Bytes of the whole file.
    static let largest = 32 << 20
    static let mostPoints = 500_000
    private static let deepest = 32
    private static let longestText = 64

    private let bytes: [UInt8]
    private var at = 0
    private var open: [ArraySlice<UInt8>] = []
    private var hasRoot = false
    private var points: [Track.Point] = []
    private var point: Draft?

    /// A point that is being read.
    private struct Draft {
        let position: GeoPoint
        let depth: Int
        var moment: Date?
        var altitude: Double?
    }

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Throws `.unprocessable` for what is no GPX, has no point with a time, or too many.
    static func read(_ bytes: [UInt8]) throws -> Track {
        var reader = GPXReader(bytes)
        while reader.at < bytes.count { try reader.next() }
        guard reader.hasRoot, reader.open.isEmpty else { throw malformed }
        return try Track(reader.points)
    }

    private static let malformed = Failure(
        .unprocessable, "This is no GPX file that can be read; export the track as GPX once more.")

    private mutating func next() throws {
        if bytes[at] != UInt8(ascii: "<") { return try text() }
        if skips("<!--") { return try skip(past: "-->") }
        if skips("<?") { return try skip(past: "?>") }
        if skips("<![CDATA[") { return try skip(past: "]]>") }
        guard !skips("<!") else {
            throw Failure(.unprocessable, "A GPX file with a document type is not taken; export it without one.")
        }
        if skips("</") { return try closeTag() }
        at += 1
        try openTag()
    }

    private mutating func text() throws {
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "<") { at += 1 }
        guard let draft = point, open.count == draft.depth + 1, at - start <= Self.longestText, let name = open.last
        else { return }
        let value = String(decoding: bytes[start..<at], as: UTF8.self).trimmed
        if Self.isName(name, "time") { point?.moment = RFC3339.date(value) }
        if Self.isName(name, "ele"), let metres = Double(value), abs(metres) < 100_000 { point?.altitude = metres }
    }

    private mutating func openTag() throws {
        let name = try self.name()
        var latitude: Double?, longitude: Double?
        while true {
            skipSpace()
            if skips("/>") {
                try opened(name, longitude, latitude)
                return try closed()
            }
            if skips(">") { return try opened(name, longitude, latitude) }
            let attribute = try self.name(), value = try self.value()
            if Self.isName(attribute, "lat") { latitude = Double(value) }
            if Self.isName(attribute, "lon") { longitude = Double(value) }
        }
    }

    private mutating func opened(_ name: ArraySlice<UInt8>, _ longitude: Double?, _ latitude: Double?) throws {
        if open.isEmpty {
            guard !hasRoot, Self.isName(name, "gpx") else { throw Self.malformed }
            hasRoot = true
        }
        open.append(name)
        guard open.count <= Self.deepest else { throw Self.malformed }
        guard Self.isName(name, "trkpt"), point == nil else { return }
        guard let longitude, let latitude, (-180...180).contains(longitude), (-90...90).contains(latitude) else {
            throw Failure(.unprocessable, "A point of the track has no place on earth; export the track once more.")
        }
        point = Draft(position: GeoPoint(longitude: longitude, latitude: latitude), depth: open.count)
    }

    private mutating func closeTag() throws {
        let name = try self.name()
        skipSpace()
        guard skips(">"), open.last == name else { throw Self.malformed }
        try closed()
    }

    private mutating func closed() throws {
        if let draft = point, draft.depth == open.count {
            if let moment = draft.moment {
                points.append(Track.Point(position: draft.position, altitude: draft.altitude, moment: moment))
            }
            guard points.count <= Self.mostPoints else {
                throw Failure(
                    .unprocessable, "The track has more than \(Self.mostPoints) points; send it in several parts.")
            }
            point = nil
        }
        open.removeLast()
    }

    private mutating func name() throws -> ArraySlice<UInt8> {
        let start = at
        while at < bytes.count, !Self.endsName(bytes[at]) { at += 1 }
        guard at > start, at < bytes.count else { throw Self.malformed }
        return bytes[start..<at]
    }

    /// `= "…"`, either quotation mark.
    private mutating func value() throws -> String {
        skipSpace()
        guard skips("=") else { throw Self.malformed }
        skipSpace()
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") else {
            throw Self.malformed
        }
        let mark = bytes[at], start = at + 1
        at = start
        while at < bytes.count, bytes[at] != mark, bytes[at] != UInt8(ascii: "<") { at += 1 }
        guard at < bytes.count, bytes[at] == mark else { throw Self.malformed }
        at += 1
        return at - 1 - start <= Self.longestText ? String(decoding: bytes[start..<at - 1], as: UTF8.self) : ""
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=")
            || byte == UInt8(ascii: "<")
    }

    /// Whether it is called so, in whatever name space.
    private static func isName(_ name: ArraySlice<UInt8>, _ wanted: StaticString) -> Bool {
        let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
        return local.elementsEqual(UnsafeBufferPointer(start: wanted.utf8Start, count: wanted.utf8CodeUnitCount))
    }

    private mutating func skipSpace() { while at < bytes.count, bytes[at] <= 0x20 { at += 1 } }

    /// Goes on behind the text if it is next.
    private mutating func skips(_ text: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard bytes[at...].starts(with: wanted) else { return false }
        at += wanted.count
        return true
    }

    private mutating func skip(past end: StaticString) throws {
        while at < bytes.count {
            if skips(end) { return }
            at += 1
        }
        throw Self.malformed
    }
}
