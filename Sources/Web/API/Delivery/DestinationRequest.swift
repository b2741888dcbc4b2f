import Domain

/// A destination as it is written: with its secrets, which are never read out again.
struct DestinationRequest: Decodable, Sendable {
    let destination: RouteDestination

    private enum CodingKeys: String, CodingKey { case secrets }

    init(from decoder: any Decoder) throws {
        let secrets = try decoder.container(keyedBy: CodingKeys.self)
            .decodeIfPresent([String: String].self, forKey: .secrets)
        destination = RouteDestination(
            configuration: try DestinationConfiguration(from: decoder), secrets: secrets ?? [:])
    }
}
