/// Bytes of a geometry, taken one value after the other. Throws `.unprocessable` where they end too early.
struct GeometryBytes {
    var isLittle = true
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func byte() throws -> UInt8 { try value(UInt8.self) }

    mutating func number() throws -> UInt32 {
        let value = try value(UInt32.self)
        return isLittle ? UInt32(littleEndian: value) : UInt32(bigEndian: value)
    }

    mutating func double() throws -> Double {
        let value = try value(UInt64.self)
        return Double(bitPattern: isLittle ? UInt64(littleEndian: value) : UInt64(bigEndian: value))
    }

    /// How many follow that take at least `size` bytes each; they must have room in what is left.
    mutating func count(of size: Int) throws -> Int {
        let count = Int(try number())
        guard count <= (bytes.count - offset) / size else { throw ForeignGeoPackage.damaged }
        return count
    }

    mutating func skip(_ count: Int) throws {
        guard bytes.count - offset >= count else { throw ForeignGeoPackage.damaged }
        offset += count
    }

    private mutating func value<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type) throws -> Value {
        let start = offset
        try skip(MemoryLayout<Value>.size)
        return bytes.loadUnaligned(fromByteOffset: start, as: type)
    }
}
