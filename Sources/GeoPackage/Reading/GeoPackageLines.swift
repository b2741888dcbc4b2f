import Domain
import Foundation

/// Lines of a geometry as GeoPackage stores it (§2.1.3): a header, then ISO WKB in either byte order; heights and measures
/// are passed over.
enum GeoPackageLines {
    /// Bytes of the envelope by its code in the flags.
    private static let envelopes = [0, 32, 48, 48, 64]
    private static let (lineString, multiLineString): (UInt32, UInt32) = (2, 5)

    /// None for what is empty or no line; without points that are nowhere on the earth. Throws `.unprocessable` for bytes
    /// that are no geometry.
    static func lines(in geometry: Data) throws -> [[GeoPoint]] {
        try geometry.withUnsafeBytes { raw in
            var bytes = GeometryBytes(raw)
            guard try bytes.byte() == 0x47, try bytes.byte() == 0x50, try bytes.byte() == 0 else {
                throw ForeignGeoPackage.damaged
            }
            let flags = try bytes.byte()
            let (isExtended, isEmpty) = (flags & 0b10_0000 != 0, flags & 0b1_0000 != 0)
            guard !isExtended, !isEmpty else { return [] }
            let envelope = Int(flags >> 1 & 0b111)
            guard envelope < envelopes.count else { throw ForeignGeoPackage.damaged }
            // The reference system, which the layer says too, and the envelope.
            try bytes.skip(4 + envelopes[envelope])
            return try shape(&bytes)
        }
    }

    private static func shape(_ bytes: inout GeometryBytes) throws -> [[GeoPoint]] {
        let (type, numbers) = try start(&bytes)
        switch type {
        case lineString: return [try points(&bytes, of: numbers)]
        case multiLineString:
            var lines: [[GeoPoint]] = []
            for _ in 0..<(try bytes.count(of: 9)) {
                let (type, numbers) = try start(&bytes)
                guard type == lineString else { throw ForeignGeoPackage.damaged }
                lines.append(try points(&bytes, of: numbers))
            }
            return lines
        default: return []
        }
    }

    /// The type, and how many numbers a point has; 0 for one that ISO does not know.
    private static func start(_ bytes: inout GeometryBytes) throws -> (type: UInt32, numbers: Int) {
        let order = try bytes.byte()
        guard order <= 1 else { throw ForeignGeoPackage.damaged }
        bytes.isLittle = order == 1
        let code = try bytes.number()
        return code < 4000 ? (code % 1000, [2, 3, 3, 4][Int(code / 1000)]) : (0, 0)
    }

    private static func points(_ bytes: inout GeometryBytes, of numbers: Int) throws -> [GeoPoint] {
        let count = try bytes.count(of: 8 * numbers)
        var points: [GeoPoint] = []
        points.reserveCapacity(count)
        for _ in 0..<count {
            let (longitude, latitude) = (try bytes.double(), try bytes.double())
            try bytes.skip(8 * (numbers - 2))
            guard (-180...180).contains(longitude), (-90...90).contains(latitude) else { continue }
            points.append(GeoPoint(longitude: longitude, latitude: latitude))
        }
        return points
    }
}
