/// A destination as somebody writes it: with its secrets, which are never read out again.
package struct WrittenDestination: Decodable, Sendable {
    package let destination: RouteDestination

    private enum CodingKeys: String, CodingKey { case secrets }

    package init(from decoder: any Decoder) throws {
        let secrets = try decoder.container(keyedBy: CodingKeys.self)
            .decodeIfPresent([String: String].self, forKey: .secrets)
        destination = RouteDestination(
            configuration: try DestinationConfiguration(from: decoder), secrets: secrets ?? [:])
    }
}
