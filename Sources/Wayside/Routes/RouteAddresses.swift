import Domain
import Foundation
import Transfers

/// Where no route may send to: services that listen for this machine alone, and what clouds tell their machines.
struct RouteAddresses: Sendable {
    /// Whether somebody has said that this machine itself may be sent to.
    let allowsThisMachine: Bool

    /// Looks where the names lead just now; one that leads nowhere is none of this one's business.
    ///
    /// - Throws: `.unprocessable` with the reason.
    func require(_ configuration: DestinationConfiguration) async throws {
        for host in Self.hosts(of: configuration) {
            guard let address = try? await RemoteAddress.find(host).bytes else { continue }
            guard !RemoteAddress.isForbidden(address) else {
                throw Self.refusal(
                    "A route cannot send to \(host): such an address belongs to the machine or its cloud.")
            }
            guard allowsThisMachine || !RemoteAddress.isLoopback(address) else {
                throw Self.refusal(
                    "\(host) is this machine itself. A route sends there only with the setting local-destinations.")
            }
        }
    }

    private static func refusal(_ sentence: String) -> Failure {
        Failure(.unprocessable, sentence, details: ["field": "destinations", "reason": "address_not_allowed"])
    }

    static func hosts(of configuration: DestinationConfiguration) -> [String] {
        switch configuration {
        case .directory: []
        case .bucket(let place): [host(of: place.endpoint)].compactMap(\.self)
        case .http(let place): [host(of: place.url)].compactMap(\.self)
        case .wayside(let place): [host(of: place.url)].compactMap(\.self)
        case .rclone(let place):
            place.options.sorted { $0.key < $1.key }.compactMap { option in
                if option.value.contains("://") { return host(of: option.value) }
                // These may be said without a scheme.
                return ["host", "url", "endpoint"].contains(option.key) ? host(of: "any://\(option.value)") : nil
            }
        }
    }

    private static func host(of address: String) -> String? {
        guard let host = URLComponents(string: address)?.host, !host.isEmpty else { return nil }
        return host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    }
}
