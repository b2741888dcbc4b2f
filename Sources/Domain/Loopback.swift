/// Addresses that only this machine reaches.
package enum Loopback {
    /// `localhost`, `127.…` or `::1`, in brackets or not; anything else is some other machine's.
    package static func contains(_ host: some StringProtocol) -> Bool {
        if ["localhost", "::1", "[::1]"].contains(host.lowercased()) { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return parts.count == 4 && parts[0] == 127 && !parts.contains(nil)
    }
}
