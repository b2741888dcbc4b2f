import Domain
import Foundation

extension DestinationStore {
    /// What alerts want to know of a destination.
    package struct Trouble: Hashable, Sendable {
        package let routeID: RouteID
        package let number: Int
        package let route: String
        /// Nil: files are sent at any time.
        package let window: DeliveryWindow?
        package let configuration: DestinationConfiguration
        package let downSince: Date?
        package let lastError: String?
        /// Since when the first picture that was queued before a limit waits; nil: none does.
        package let oldest: Date?
        /// How many of those there are.
        package let waiting: Int
    }

    /// Of all destinations of routes that send.
    ///
    /// - Parameters:
    ///   - limit: what was queued before it waits for too long.
    ///   - windowed: the same for routes that send at certain times only.
    package func troubles(waitingSince limit: Date, windowed: Date) async throws -> [Trouble] {
        try await engine.read { connection in
            let destinations = try connection.rows(
                """
                SELECT d.route_id, d.number, r.name, r.time_window, d.configuration, d.down_since, d.last_error
                FROM route_destinations d JOIN routes r ON r.id = d.route_id WHERE r.is_enabled = 1
                ORDER BY d.route_id, d.number
                """
            ) { row in
                Trouble(
                    routeID: row.id(), number: row.int(), route: row.text(),
                    window: try row.optionalJSON(DeliveryWindow.self), configuration: try row.json(),
                    downSince: row.optionalDate(), lastError: row.optionalText(), oldest: nil, waiting: 0)
            }
            // Mostly nothing is late anywhere, which one look at an index tells.
            guard try connection.exists("SELECT 1 FROM outbox o WHERE o.queued_at < \(limit) LIMIT 1") else {
                return destinations
            }
            return try destinations.map { try waiting($0, $0.window == nil ? limit : windowed, connection) }
        }
    }

    private func waiting(_ trouble: Trouble, _ limit: Date, _ connection: any SQLConnection) throws -> Trouble {
        let late: SQLStatement = """
            FROM outbox o WHERE o.queued_at < \(limit) AND o.route_id = \(trouble.routeID)
                AND o.destination = \(trouble.number)
            """
        let oldest = try connection.first("SELECT o.queued_at \(late) ORDER BY o.queued_at LIMIT 1") { $0.date() }
        guard let oldest else { return trouble }
        return Trouble(
            routeID: trouble.routeID, number: trouble.number, route: trouble.route, window: trouble.window,
            configuration: trouble.configuration, downSince: trouble.downSince, lastError: trouble.lastError,
            oldest: oldest, waiting: Int(try connection.number("SELECT COUNT(*) \(late)")))
    }
}

extension OutboxStore {
    /// Whether anything is on its way to a destination, dead letters aside.
    package func owes(_ route: RouteID, _ destination: Int) async throws -> Bool {
        try await engine.read { connection in
            try connection.exists(
                """
                SELECT 1 FROM outbox
                WHERE route_id = \(route) AND destination = \(destination) AND parked_at IS NULL LIMIT 1
                """)
        }
    }
}

extension DestinationStore.Trouble {
    /// What there is to say of it: that it is down, and that it waits for too long.
    package var findings: [AlertFinding] {
        let subject = "\(routeID)/\(number)"
        var down = ["route": route, "destination": configuration.summary]
        var late = down
        down["reason"] = lastError ?? ""
        late["pictures"] = "\(waiting)"
        late["oldest"] = oldest.map { RFC3339.string($0) }
        return [
            AlertFinding(
                AlertTopic(.destinationDown, subject), isTrouble: downSince != nil, grace: Self.grace, details: down),
            AlertFinding(AlertTopic(.deliveryBehind, subject), isTrouble: oldest != nil, details: late),
        ]
    }

    /// A restart of the other side is no trouble. Seconds.
    private static let grace: TimeInterval = 120
}
