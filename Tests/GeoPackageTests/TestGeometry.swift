import Foundation

/// Writes geometries as tools write them, well or badly.
struct TestGeometry {
    var data = Data()
    private let isLittle: Bool

    /// - Parameter envelope: its code in the flags (0 to 7).
    init(envelope: Int = 0, isLittle: Bool = true, isEmpty: Bool = false, isExtended: Bool = false) {
        self.isLittle = isLittle
        let flags = UInt8(isLittle ? 1 : 0) | UInt8(envelope << 1) | (isEmpty ? 0x10 : 0) | (isExtended ? 0x20 : 0)
        data += Data([0x47, 0x50, 0, flags])
        add(UInt32(4326))
        let size = [0, 32, 48, 48, 64]
        if envelope < size.count { data += Data(count: size[envelope]) }
    }

    /// A line of points that have as many numbers as the first.
    func line(_ points: [[Double]], type: UInt32 = 2) -> Data {
        var copy = self
        copy.addLine(points, type: type)
        return copy.data
    }

    func lines(_ lines: [[[Double]]], inner: UInt32 = 2) -> Data {
        var copy = self
        copy.start(5)
        copy.add(UInt32(lines.count))
        for line in lines { copy.addLine(line, type: inner) }
        return copy.data
    }

    mutating func addLine(_ points: [[Double]], type: UInt32) {
        start(type)
        add(UInt32(points.count))
        for number in points.joined() { add(number.bitPattern) }
    }

    mutating func start(_ type: UInt32) {
        data.append(isLittle ? 1 : 0)
        add(type)
    }

    mutating func add<Number: FixedWidthInteger>(_ number: Number) {
        withUnsafeBytes(of: isLittle ? number.littleEndian : number.bigEndian) { data.append(contentsOf: $0) }
    }
}
