import HTTPTypes
import Hummingbird

/// Believes `X-Forwarded-…` from the proxies that the operator named, and from nobody else.
struct ProxyTrust: Sendable {
    private let blocks: [AddressBlock]

    init(_ entries: [String]) { blocks = entries.compactMap(AddressBlock.init) }

    /// Where a request came from, and whether it was encrypted on the way to the first trusted proxy.
    func client(of request: Request, peer: String) -> (address: String, isSecure: Bool) {
        guard trusts(peer) else { return (peer, false) }
        let hops = request.headers[values: .forwardedFor].joined(separator: ",").split(separator: ",")
            .map { String($0.filter { $0 != " " }) }
        // From the near end: the first address that is not one of our proxies is the client.
        let address = hops.last { !trusts($0) } ?? hops.first ?? peer
        return (address, request.headers[.forwardedProto]?.lowercased() == "https")
    }

    private func trusts(_ address: String) -> Bool {
        guard let bytes = AddressBlock.bytes(of: address) else { return false }
        return blocks.contains { $0.contains(bytes) }
    }
}
