import Domain
import Foundation

/// Geometries as GeoPackage stores them (§2.1.3): a header, then ISO WKB; little endian, WGS 84 longitude and latitude.
enum GeoPackageGeometry {
    private static let pointType: UInt32 = 1
    private static let lineType: UInt32 = 2
    /// Little endian; no envelope (a point is its own) or one of x and y.
    private static let (plain, withEnvelope): (UInt8, UInt8) = (0b0000_0001, 0b0000_0011)

    static func point(_ point: GeoPoint) -> Data {
        var data = header(plain)
        data.append(1)
        append(pointType, to: &data)
        append([point.longitude, point.latitude], to: &data)
        return data
    }

    /// Nil for fewer than two points.
    static func line(_ points: [GeoPoint]) -> Data? {
        guard points.count > 1, let box = GeoPackageBounds(points) else { return nil }
        var data = header(withEnvelope)
        append([box.west, box.east, box.south, box.north], to: &data)
        data.append(1)
        append(lineType, to: &data)
        append(UInt32(points.count), to: &data)
        for point in points { append([point.longitude, point.latitude], to: &data) }
        return data
    }

    /// `GP`, version 1, flags, and the spatial reference system.
    private static func header(_ flags: UInt8) -> Data {
        var data = Data([0x47, 0x50, 0, flags])
        append(UInt32(GeoPackageSchema.referenceSystem), to: &data)
        return data
    }

    private static func append(_ value: UInt32, to data: inout Data) {
        withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) }
    }

    private static func append(_ values: [Double], to data: inout Data) {
        for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) } }
    }
}
