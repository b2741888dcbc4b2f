/// The camera's serial number from the telemetry that GoPro cameras put into APP6.
struct GoProTelemetry: Sendable {
    let serialNumber: String

    /// `nil` when the payload holds no serial number. An item is a four-letter key, a type, the size of a value, how
    /// many values (big-endian) and the values, padded to four bytes; type 0 is a container of items.
    init?(_ payload: [UInt8]) {
        let key = Array("CASN".utf8)
        var at = 0
        var steps = 0
        while at + 8 <= payload.count, steps < 10_000 {
            steps += 1
            let type = payload[at + 4]
            let size = Int(payload[at + 5]) * (Int(payload[at + 6]) << 8 | Int(payload[at + 7]))
            guard at + 8 + size <= payload.count else { return nil }
            if payload[at..<(at + 4)].elementsEqual(key), type == UInt8(ascii: "c"), size <= 64,
                let text = CleanText.decoded(payload[(at + 8)..<(at + 8 + size)].prefix { $0 != 0 })
            {
                serialNumber = text
                return
            }
            at += type == 0 ? 8 : 8 + (size + 3) / 4 * 4
        }
        return nil
    }
}
