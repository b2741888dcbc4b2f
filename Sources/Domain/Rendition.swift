/// A size that a copy of a picture fits in: its shape is kept, and nothing is enlarged.
package struct Rendition: Hashable, Sendable, Codable {
    /// Pixels, at most.
    package let width: Int
    package let height: Int

    /// A JPEG's header has room for no more (ISO/IEC 10918-1 §B.2.2); smaller than this nothing can be seen.
    package static let sides = 16...65_535

    /// Throws `.unprocessable` for a size that no picture can be given.
    package init(width: Int, height: Int) throws {
        guard Self.sides.contains(width), Self.sides.contains(height) else {
            throw Failure(
                .unprocessable, "A rendition has 16 to 65535 pixels each way, such as 1920x1280.",
                details: ["reason": "rendition"])
        }
        self.width = width
        self.height = height
    }

    /// From text such as `1920x1280`. Throws `.unprocessable` for anything else.
    package init(text: String) throws {
        let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { side in
            side.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(side) ?? 0 : 0
        }
        try self.init(width: sides.first ?? 0, height: sides.count == 2 ? sides[1] : 0)
    }

    /// `1920x1280`.
    package var text: String { "\(width)x\(height)" }

    /// The size of the copy of a picture of this many pixels: the largest of its shape that fits.
    package func size(ofWidth across: Int, height down: Int) -> (width: Int, height: Int) {
        guard across > width || down > height else { return (across, down) }
        // Which side decides: compared as products, so that no rounding does.
        if across * height >= down * width {
            return (width, max(1, (down * width + across / 2) / across))
        }
        return (max(1, (across * height + down / 2) / down), height)
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            width: try values.decode(Int.self, forKey: .width), height: try values.decode(Int.self, forKey: .height))
    }

    private enum CodingKeys: String, CodingKey { case width, height }
}
