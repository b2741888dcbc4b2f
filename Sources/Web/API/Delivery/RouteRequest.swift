import Domain
import Foundation

/// A route as somebody wants it, or what they want to change of one.
struct RouteRequest: Decodable, Sendable {
    let name: String?
    /// Names or ids.
    let labels: [String]?
    let contents: [String]?
    let destinations: [WrittenDestination]?
    let pattern: String?
    let window: Said<Window>
    let rate: Said<Int>
    let whenHidden: String?
    let newestOnly: Bool?
    let since: Said<String>
    let isEnabled: Bool?
    /// What becomes of what lies at destinations that are left out.
    let copies: String?

    struct Window: Decodable, Sendable {
        let from: String
        let to: String
        let zone: String?
    }

    /// What may also be said to be nothing.
    enum Said<Value: Decodable & Sendable>: Sendable {
        case absent, none
        case value(Value)
    }

    private enum CodingKeys: String, CodingKey {
        case name, contents, destinations, pattern, window, rate, since, copies
        case labels = "camera_labels"
        case whenHidden = "when_hidden"
        case newestOnly = "newest_only"
        case isEnabled = "enabled"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func said<Value: Decodable>(_ key: CodingKeys) throws -> Said<Value> {
            guard container.contains(key) else { return .absent }
            return try container.decodeNil(forKey: key) ? .none : .value(try container.decode(Value.self, forKey: key))
        }
        name = try container.decodeIfPresent(String.self, forKey: .name)
        labels = try container.decodeIfPresent([String].self, forKey: .labels)
        contents = try container.decodeIfPresent([String].self, forKey: .contents)
        destinations = try container.decodeIfPresent([WrittenDestination].self, forKey: .destinations)
        pattern = try container.decodeIfPresent(String.self, forKey: .pattern)
        window = try said(.window)
        rate = try said(.rate)
        whenHidden = try container.decodeIfPresent(String.self, forKey: .whenHidden)
        newestOnly = try container.decodeIfPresent(Bool.self, forKey: .newestOnly)
        since = try said(.since)
        isEnabled = try container.decodeIfPresent(Bool.self, forKey: .isEnabled)
        copies = try container.decodeIfPresent(String.self, forKey: .copies)
    }

    /// A new route of these labels.
    func route(_ labels: [CameraLabelID]) throws -> Route {
        guard let name else { throw Failure(.invalid, "The field 'name' is missing.") }
        guard let contents = try wantedContents() else { throw Failure(.invalid, "The field 'contents' is missing.") }
        guard let destinations else { throw Failure(.invalid, "The field 'destinations' is missing.") }
        var route = Route(
            name: name, labels: labels, contents: contents, destinations: destinations.map(\.destination))
        try apply(to: &route, nil)
        return route
    }

    /// - Parameter labels: what it says of labels; nil when it says nothing.
    func apply(to route: inout Route, _ labels: [CameraLabelID]?) throws {
        if let name { route.name = name }
        if let labels { route.labels = labels }
        if let contents = try wantedContents() { route.contents = contents }
        if let destinations { route.destinations = destinations.map(\.destination) }
        if let newestOnly { route.sendNewestOnly(newestOnly) }
        if let pattern { route.pattern = try NamePattern(pattern) }
        switch window {
        case .absent: break
        case .none: route.window = nil
        case .value(let window):
            route.window = try DeliveryWindow(from: window.from, to: window.to, zone: window.zone)
        }
        switch rate {
        case .absent: break
        case .none: route.rate = nil
        case .value(let rate): route.rate = rate
        }
        switch since {
        case .absent: break
        case .none: route.since = nil
        case .value(let text): route.since = try Self.moment(text)
        }
        if let whenHidden {
            guard let rule = Route.WhenHidden(rawValue: whenHidden) else {
                throw Failure(.unprocessable, "when_hidden is withdraw or keep.", details: ["field": "when_hidden"])
            }
            route.whenHidden = rule
        }
        if let isEnabled { route.isEnabled = isEnabled }
    }

    private func wantedContents() throws -> [RouteContent]? {
        try contents?.map { word in
            guard let content = RouteContent(word: word) else {
                throw Failure(
                    .unprocessable,
                    "A route sends original, raw, hd, sd, thumb, item, backup or a size such as 1920x1280, not “\(word)”.",
                    details: ["field": "contents"])
            }
            return content
        }
    }

    private static func moment(_ text: String) throws -> Date {
        guard let moment = RFC3339.date(text) else {
            throw Failure(.unprocessable, "since is a time such as 2026-05-31T12:00:00Z.", details: ["field": "since"])
        }
        return moment
    }
}
