import CLibRaw
import Domain
import Foundation

/// What is known of a raw file, as the EXIF block of the JPEG that is made from it.
struct RawMetadata {
    private let fields: [ExifField]
    private let littleEndian: Bool
    private let facts: ws_raw_facts

    /// What fits an APP1 segment (ITU-T T.81, B.1.1.4) with room for its header.
    private static let longestPayload = 65_000

    init(of file: Data, facts: ws_raw_facts) {
        let directories = file.withUnsafeBytes { RawDirectories(of: $0) }
        fields = directories?.fields ?? []
        littleEndian = directories?.littleEndian ?? true
        self.facts = facts
    }

    /// The picture with the tags of the raw file in front of its own; with its own alone where the raw file has none
    /// (Fujifilm's has them in its preview).
    func put(into jpeg: Data) -> Data {
        if !fields.contains(where: { $0.group != .image }), let own = JPEGSegments(of: jpeg).exif,
            ExifBlock(payload: own) != nil
        {
            return jpeg
        }
        let payload = Data("Exif\0\0".utf8) + Data(tiff())
        let length = payload.count + 2
        let marker = Data([0xFF, 0xD8, 0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)])
        return marker + payload + jpeg.dropFirst(2)
    }

    private func tiff() -> [UInt8] {
        var kept = fields + missing()
        var tiff = TIFFWriter.write(kept, littleEndian: littleEndian)
        while tiff.count > Self.longestPayload,
            let longest = kept.indices.max(by: { kept[$0].bytes.count < kept[$1].bytes.count })
        {
            kept.remove(at: longest)
            tiff = TIFFWriter.write(kept, littleEndian: littleEndian)
        }
        return tiff
    }

    /// What LibRaw has found and no directory says.
    private func missing() -> [ExifField] {
        var found: [ExifField] = []
        func add(_ text: String, _ group: ExifGroup, _ tag: UInt16) {
            guard !text.isEmpty, !has(group, tag) else { return }
            let bytes = Array(text.utf8) + [0]
            found.append(
                ExifField(
                    group: group, tag: tag, format: .ascii, count: bytes.count, bytes: bytes,
                    littleEndian: littleEndian))
        }
        add(Self.text(facts.make), .image, 0x010F)
        add(Self.text(facts.model), .image, 0x0110)
        if !has(.image, 0xC62F) { add(Self.text(facts.serial), .photo, 0xA431) }
        if facts.clock > 0 { add(Self.moment(facts.clock), .photo, 0x9003) }
        if !has(.image, 0x0112) {
            found.append(
                .short(Int(facts.orientation), group: .image, tag: 0x0112, littleEndian: littleEndian))
        }
        return found
    }

    private func has(_ group: ExifGroup, _ tag: UInt16) -> Bool {
        fields.contains { $0.group == group && $0.tag == tag }
    }

    private static func text(_ characters: some Any) -> String {
        withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// As EXIF writes it.
    private static func moment(_ clock: Int64) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents(
            [.year, .month, .day, .hour, .minute, .second], from: Date(timeIntervalSince1970: TimeInterval(clock)))
        let (year, month, day) = (parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
        let (hour, minute, second) = (parts.hour ?? 0, parts.minute ?? 0, parts.second ?? 0)
        return String(format: "%04d:%02d:%02d %02d:%02d:%02d", year, month, day, hour, minute, second)
    }
}
