import Foundation

/// Puts a JPEG file together from what decoding needs and the metadata that may be shown.
package struct JPEGAssembler {
    /// APP1 payload (`Exif\0\0` and a TIFF structure).
    var exif: Data?
    /// An XMP packet, with or without its name-space header.
    var xmp: Data?
    /// APP2 payloads.
    var icc: [Data] = []
    /// APP14 payload: how the colours are coded.
    var adobe: Data?
    /// APP0 payload without thumbnail: pixel density.
    var jfif: Data?

    package init(exif: Data? = nil, xmp: Data? = nil, icc: [Data] = []) {
        self.exif = exif
        self.xmp = xmp
        self.icc = icc
    }

    private static let xmpHeader = Data("http://ns.adobe.com/xap/1.0/\0".utf8)
    /// A segment's length field counts itself and holds 16 bits.
    private static let longestPayload = 65_533

    /// Takes the colour coding and density segments from a file, trimmed to what they must hold.
    package mutating func takeCoding(from file: Data, _ structure: JPEGStructure) {
        for application in structure.applications {
            let payload = file[
                file.startIndex + application.payload.lowerBound..<file.startIndex + application.payload.upperBound]
            if application.number == 14, adobe == nil, payload.starts(with: Array("Adobe".utf8)), payload.count >= 12 {
                adobe = Data(payload.prefix(12))
            }
            if application.number == 0, jfif == nil, payload.starts(with: Array("JFIF\0".utf8)), payload.count >= 14 {
                jfif = Data(payload.prefix(12)) + Data([0, 0])
            }
        }
    }

    /// The file of these segments and the essentials of `file`.
    package func assemble(_ file: Data, _ structure: JPEGStructure) -> Data {
        var result = Data(capacity: file.count + 70_000)
        result.append(contentsOf: [0xFF, 0xD8])
        append(0xE0, jfif, to: &result)
        append(0xE1, exif, to: &result)
        append(0xE1, xmp.map { $0.starts(with: Self.xmpHeader) ? $0 : Self.xmpHeader + $0 }, to: &result)
        for payload in icc { append(0xE2, payload, to: &result) }
        append(0xEE, adobe, to: &result)
        for range in structure.essentials {
            result.append(file[file.startIndex + range.lowerBound..<file.startIndex + range.upperBound])
        }
        result.append(contentsOf: [0xFF, 0xD9])
        return result
    }

    private func append(_ marker: UInt8, _ payload: Data?, to result: inout Data) {
        guard let payload, payload.count <= Self.longestPayload else { return }
        let length = payload.count + 2
        result.append(contentsOf: [0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)])
        result.append(payload)
    }
}

extension JPEGAssembler {
    /// The file of these segments and what we encoded ourselves.
    package func assemble(encoded: Data) throws -> Data {
        assemble(encoded, try JPEGStructure(of: encoded, maximumPixels: .max))
    }
}
