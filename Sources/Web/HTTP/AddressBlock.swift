import Domain
import Foundation

/// An address or a CIDR block (RFC 4632), IPv4 or IPv6.
struct AddressBlock: Sendable, Hashable {
    private let network: [UInt8]
    private let prefix: Int

    /// Nil when the text is neither an address nor a block.
    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1)
        guard let first = parts.first, let bytes = Self.bytes(of: String(first)) else { return nil }
        network = bytes
        if parts.count == 2 {
            guard let length = Int(parts[1]), (0...bytes.count * 8).contains(length) else { return nil }
            prefix = length
        } else {
            prefix = bytes.count * 8
        }
    }

    func contains(_ address: [UInt8]) -> Bool {
        guard address.count == network.count else { return false }
        let whole = prefix / 8
        guard address.prefix(whole) == network.prefix(whole) else { return false }
        let rest = prefix % 8
        guard rest > 0 else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF00 >> rest)
        return address[whole] & mask == network[whole] & mask
    }

    /// 4 or 16 bytes; an IPv4 address mapped into IPv6 gives 4.
    static func bytes(of text: String) -> [UInt8]? {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return withUnsafeBytes(of: four) { Array($0) } }
        var sixteen = in6_addr()
        guard inet_pton(AF_INET6, text, &sixteen) == 1 else { return nil }
        let bytes = withUnsafeBytes(of: sixteen) { Array($0) }
        let mapped: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]
        return Array(bytes.prefix(12)) == mapped ? Array(bytes.suffix(4)) : bytes
    }
}

extension AddressBlock {
    /// What is counted together when a guest is counted: an IPv4 address, the /64 of an IPv6 address.
    static func ofOneHousehold(_ text: String) -> String {
        guard let bytes = bytes(of: text), bytes.count == 16 else { return text }
        return HexadecimalText.of(bytes.prefix(8)) + "/64"
    }

    /// Who is counted where there is a limit for each: an account, or the address block of a guest.
    static func asker(_ viewer: Viewer, _ address: String) -> String {
        viewer.accountID.map { "account:\($0)" } ?? "address:\(ofOneHousehold(address))"
    }
}
