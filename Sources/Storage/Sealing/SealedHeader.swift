import Domain
import Foundation
import NIOCore

/// The first two lines of a sealed original: what it is, and what is needed to open it.
///
/// Everything in it is authenticated with every chunk, so that none of it can be changed or exchanged.
package struct SealedHeader: Sendable, Codable, Hashable {
    /// Which of the picture's files it is: said by the first line, and bound with the rest.
    package var part: OriginalPart = .original
    package let picture: PictureID
    /// Id of the sealing key.
    package let key: String
    /// Lower-case hexadecimal, of the original.
    package let sha256: String
    /// Bytes of the original.
    package let size: Int64
    /// Bytes of the original in each message but the last.
    let chunk: Int
    /// HPKE's encapsulated key, base64.
    let encapsulated: Data

    private enum CodingKeys: String, CodingKey {
        case picture, key, sha256, size, chunk, encapsulated
    }

    private var mark: String { "wayside sealed \(part.rawValue) 1" }
    /// Bytes; no header is longer.
    private static let longest = 1024
    /// Bytes; no picture is larger, and no arithmetic on it overflows.
    private static let largest: Int64 = 1 << 40

    /// The lines as they stand in the file.
    func lines() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array("\(mark)\n".utf8) + (try encoder.encode(self)) + Array("\n".utf8)
    }

    /// Reads the header; also where the first message starts. Blocks.
    static func read(_ file: OpenFile) throws -> (header: SealedHeader, end: Int64) {
        let start = Array(try file.read(at: 0, count: Int(min(Int64(longest), file.size))).readableBytesView)
        let newline = UInt8(ascii: "\n")
        guard let first = start.firstIndex(of: newline) else { throw notSealed }
        let text = start.dropFirst(first + 1)
        guard let end = text.firstIndex(of: newline),
            var header = try? JSONDecoder().decode(SealedHeader.self, from: Data(text[..<end])),
            (1...(16 << 20)).contains(header.chunk), (1...largest).contains(header.size)
        else { throw notSealed }
        for part in OriginalPart.allCases {
            header.part = part
            // Written in one way only, so that no bit of it can be changed.
            if try header.lines() == Array(start[...end]) { return (header, Int64(end + 1)) }
        }
        throw notSealed
    }

    /// What the message at `index` is bound to (AAD): its picture, its key, the whole original and its place in it. That
    /// the last says so shows a file that was cut off between two messages.
    func binding(_ index: Int, isLast: Bool) -> Data {
        Data(
            "\(mark)\n\(picture)\n\(key)\n\(sha256)\n\(size)\n\(chunk)\n\(index)\n\(isLast ? "last" : "more")".utf8
        )
    }

    /// Number of messages.
    var messages: Int { Int((size + Int64(chunk) - 1) / Int64(chunk)) }

    /// Bytes of the original in the message at `index`.
    func length(of index: Int) -> Int { Int(min(Int64(chunk), size - Int64(index) * Int64(chunk))) }

    private static let notSealed = Failure(.unprocessable, "This file is not a sealed original.")
}
