import Domain
import Foundation
import NIOCore
import Storage

/// Where a name leads, and whether one may go there: never to what belongs to the machine or its cloud alone.
package enum RemoteAddress {
    /// The address to connect to, so that the name cannot lead elsewhere between the check and the connection.
    ///
    /// - Throws: `.unavailable` for a name that leads nowhere, `.unprocessable` for one that leads where nobody may go.
    static func resolve(_ host: String) async throws -> String {
        let name = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        let (text, bytes) = try await find(name)
        guard !isForbidden(bytes) else {
            throw Failure(.unprocessable, "Nothing is fetched from the address of \(name).")
        }
        return text
    }

    /// Where a name, or an address in any way of writing it, leads: as text, and its 4 or 16 bytes.
    ///
    /// - Throws: `.unavailable` for a name that leads nowhere.
    package static func find(_ name: String) async throws -> (text: String, bytes: [UInt8]) {
        do {
            let address = try await BlockingWork.run { try SocketAddress.makeAddressResolvingHost(name, port: 0) }
            guard let text = address.ipAddress, let bytes = Self.bytes(of: text) else {
                throw Failure(.unavailable, "There is no server of the name \(name).")
            }
            return (text, bytes)
        } catch {
            throw Failure(.unavailable, "There is no server of the name \(name).", underlying: error)
        }
    }

    /// This machine itself (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3).
    package static func isLoopback(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 16 else { return bytes[0] == 127 }
        let start = [UInt8](repeating: 0, count: 10)
        if Array(bytes.prefix(12)) == start + [0xFF, 0xFF] { return bytes[12] == 127 }
        return bytes == start + [0, 0, 0, 0, 0, 1]
    }

    /// Link-local addresses (RFC 3927, RFC 4291 §2.5.6), where clouds keep their metadata; other addresses of metadata
    /// services; multicast; and those that name no machine.
    package static func isForbidden(_ bytes: [UInt8]) -> Bool {
        if bytes.count == 16 {
            let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
            if Array(bytes.prefix(12)) == mapped { return isForbidden(Array(bytes.suffix(4))) }
            // The same written as RFC 6052 has it.
            if Array(bytes.prefix(4)) == [0x00, 0x64, 0xFF, 0x9B] { return isForbidden(Array(bytes.suffix(4))) }
            if bytes[0] == 0xFE, bytes[1] & 0xC0 == 0x80 { return true }
            if bytes[0] == 0xFF || bytes.allSatisfy({ $0 == 0 }) { return true }
            return bytes == [0xFD, 0x00, 0x0E, 0xC2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54]
        }
        if bytes[0] == 169, bytes[1] == 254 { return true }
        if bytes[0] == 0 || bytes[0] >= 224 { return true }
        return [[100, 100, 100, 200], [192, 0, 0, 192]].contains(bytes)
    }

    /// 4 or 16 bytes.
    private static func bytes(of text: String) -> [UInt8]? {
        var four = [UInt8](repeating: 0, count: 4)
        if inet_pton(AF_INET, text, &four) == 1 { return four }
        var sixteen = [UInt8](repeating: 0, count: 16)
        // Without the interface that a link-local address may name.
        return inet_pton(AF_INET6, String(text.prefix { $0 != "%" }), &sixteen) == 1 ? sixteen : nil
    }
}
