import CZlib

/// Unpacks gzip, to compare.
enum Gunzip {
    struct Malformed: Error {}

    static func bytes(_ packed: [UInt8]) throws -> [UInt8] {
        var target = [UInt8](repeating: 0, count: 8 << 20)
        let count = czlib_gunzip(packed, packed.count, &target, target.count)
        guard count > 0 else { throw Malformed() }
        return Array(target.prefix(count))
    }
}
