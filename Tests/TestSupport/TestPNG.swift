/// A PNG of one colour, with opacity, made in memory (stored without compression).
package enum TestPNG {
    package static func plain(
        width: Int, height: Int, red: UInt8, green: UInt8, blue: UInt8, opacity: UInt8 = 255
    ) -> [UInt8] {
        var row: [UInt8] = [0]
        for _ in 0..<width { row += [red, green, blue, opacity] }
        var pixels: [UInt8] = []
        for _ in 0..<height { pixels += row }
        var data: [UInt8] = [0x78, 0x01]
        for start in stride(from: 0, to: pixels.count, by: 65_535) {
            let part = pixels[start..<min(start + 65_535, pixels.count)]
            let length = UInt16(part.count)
            data.append(start + part.count == pixels.count ? 1 : 0)
            data += [UInt8(length & 0xFF), UInt8(length >> 8), UInt8(~length & 0xFF), UInt8(~length >> 8)]
            data += Array(part)
        }
        data += big(adler(pixels))
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        var header = big(UInt32(width)) + big(UInt32(height))
        header += [8, 6, 0, 0, 0]
        file += chunk("IHDR", header)
        file += chunk("IDAT", data)
        return file + chunk("IEND", [])
    }

    private static func big(_ number: UInt32) -> [UInt8] {
        [UInt8(number >> 24 & 0xFF), UInt8(number >> 16 & 0xFF), UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF)]
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        return big(UInt32(content.count)) + body + big(crc(body))
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
    }

    private static func adler(_ bytes: [UInt8]) -> UInt32 {
        let sums = bytes.reduce((UInt32(1), UInt32(0))) { sums, byte in
            let first = (sums.0 + UInt32(byte)) % 65_521
            return (first, (sums.1 + first) % 65_521)
        }
        return sums.1 << 16 | sums.0
    }
}
