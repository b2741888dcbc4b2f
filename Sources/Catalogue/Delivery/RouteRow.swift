import Domain
import Foundation

/// A route's rows, written and read.
enum RouteRow {
    static func insert(_ route: Route, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO routes (id, name, name_key, contents, pattern, time_window, rate, when_hidden, newest_only, since,
                is_enabled, created_at, ending_at)
            VALUES (\(route.id), \(route.name), \(NameKey.of(route.name)), \(try JSONText.encode(route.contents)),
                \(route.pattern.text), \(try route.window.map(JSONText.encode)), \(route.rate),
                \(route.whenHidden.rawValue), \(route.newestOnly), \(route.since), \(route.isEnabled),
                \(route.createdAt), \(route.endingSince))
            """)
        try insertLabels(route, connection)
    }

    static func update(_ route: Route, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            UPDATE routes SET name = \(route.name), name_key = \(NameKey.of(route.name)),
                contents = \(try JSONText.encode(route.contents)), pattern = \(route.pattern.text),
                time_window = \(try route.window.map(JSONText.encode)), rate = \(route.rate),
                when_hidden = \(route.whenHidden.rawValue), newest_only = \(route.newestOnly), since = \(route.since),
                is_enabled = \(route.isEnabled)
            WHERE id = \(route.id)
            """)
        try connection.execute("DELETE FROM route_labels WHERE route_id = \(route.id)")
        try insertLabels(route, connection)
    }

    static func insert(_ destination: RouteDestination, of id: RouteID, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO route_destinations (route_id, number, configuration, secrets)
            VALUES (\(id), \(destination.number), \(try JSONText.encode(destination.configuration)),
                \(try JSONText.encode(destination.secrets)))
            """)
    }

    /// Those that `condition` (on `routes r`) holds for, by name.
    static func list(where condition: SQLStatement, _ connection: any SQLConnection) throws -> [Route] {
        let routes = try connection.rows(
            """
            SELECT r.id, r.name, r.contents, r.pattern, r.time_window, r.rate, r.when_hidden, r.newest_only, r.since,
                r.is_enabled, r.created_at, r.ending_at FROM routes r WHERE \(condition) ORDER BY r.name_key
            """
        ) { try route(&$0) }
        return try routes.map { route in
            var route = route
            route.labels = try connection.rows(
                """
                SELECT l.id FROM route_labels t JOIN camera_labels l ON l.id = t.label_id
                WHERE t.route_id = \(route.id) ORDER BY l.name_key
                """
            ) { $0.id() }
            route.destinations = try connection.rows(
                """
                SELECT number, configuration, secrets FROM route_destinations
                WHERE route_id = \(route.id) ORDER BY number
                """
            ) { RouteDestination(number: $0.int(), configuration: try $0.json(), secrets: try $0.jsonTable()) }
            return route
        }
    }

    private static func route(_ row: inout SQLRowReader) throws -> Route {
        let (id, name, contents) = (row.id(RouteID.self), row.text(), try row.jsonList(of: RouteContent.self))
        let (pattern, window, rate) = (
            try NamePattern(row.text()), try row.optionalJSON(DeliveryWindow.self), row.optionalInt()
        )
        return Route(
            id: id, name: name, labels: [], contents: contents, destinations: [], pattern: pattern, window: window,
            rate: rate, whenHidden: try row.word(), newestOnly: row.bool(), since: row.optionalDate(),
            isEnabled: row.bool(),
            createdAt: row.date(), endingSince: row.optionalDate())
    }

    private static func insertLabels(_ route: Route, _ connection: any SQLConnection) throws {
        for label in route.labels {
            try connection.execute("INSERT INTO route_labels (label_id, route_id) VALUES (\(label), \(route.id))")
        }
    }
}
