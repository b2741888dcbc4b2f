/// One of the places that a route sends to.
package struct RouteDestination: Hashable, Sendable {
    /// Its number within the route, from 1; it stays when others go.
    package var number: Int
    package var configuration: DestinationConfiguration
    /// What nobody gets to see again, by name: written, never read out.
    package var secrets: [String: String]

    package init(number: Int = 0, configuration: DestinationConfiguration, secrets: [String: String] = [:]) {
        self.number = number
        self.configuration = configuration
        self.secrets = secrets
    }
}
