import Catalogue
import Domain
import Foundation

/// A route on the wire: of secrets only the names.
struct RouteDocument {
    let standing: RouteAdministration.Standing

    private var route: Route { standing.route }

    var json: JSON {
        [
            "id": .string(route.id.string), "name": .string(route.name), "enabled": .bool(route.isEnabled),
            "camera_labels": .array(
                standing.labels.map { ["id": .string($0.id.string), "name": .string($0.name)] }),
            "contents": .array(route.contents.map { .string($0.word) }), "pattern": .string(route.pattern.text),
            "window": route.window.map(Self.window) ?? .null, "rate": route.rate.map { .int($0) } ?? .null,
            "when_hidden": .string(route.whenHidden.rawValue), "newest_only": .bool(route.newestOnly),
            "since": Self.time(route.since),
            "created_at": .string(RFC3339.string(route.createdAt)), "ending_since": Self.time(route.endingSince),
            "destinations": .array(route.destinations.map(destination)),
        ]
    }

    private func destination(_ destination: RouteDestination) -> JSON {
        var object = Self.configuration(destination.configuration)
        object["number"] = .int(destination.number)
        object["secrets"] = .array(destination.secrets.keys.sorted().map { .string($0) })
        object["state"] = standing.states.first { $0.number == destination.number }.map(Self.state) ?? .null
        return .object(object)
    }

    private static func configuration(_ configuration: DestinationConfiguration) -> JSONObject {
        var object: JSONObject = ["kind": .string(configuration.kind.rawValue)]
        switch configuration {
        case .directory(let place): object["path"] = .string(place.path)
        case .bucket(let place):
            object["endpoint"] = .string(place.endpoint)
            object["bucket"] = .string(place.bucket)
            object["region"] = .string(place.region)
            object["prefix"] = .string(place.prefix)
            object["access_key"] = .string(place.accessKey)
        case .rclone(let place):
            object["backend"] = .string(place.backend)
            let options = place.options.sorted { $0.key < $1.key }
            object["options"] = .object(
                JSONObject(members: options.map { .init(name: $0.key, value: .string($0.value)) }))
            object["path"] = .string(place.path)
        case .http(let place):
            object["url"] = .string(place.url)
            object["header"] = place.header.map { .string($0) }
        case .wayside(let place):
            object["url"] = .string(place.url)
            object["label"] = place.label.map { .string($0) }
        }
        return object
    }

    private static func state(_ state: DestinationState) -> JSON {
        [
            "works": .bool(state.downSince == nil), "down_since": time(state.downSince),
            "error": .optional(state.lastError), "last_delivery": time(state.workedAt),
            "next_try": state.downSince == nil ? .null : time(state.retryAt), "waiting": .int(state.waiting),
            "oldest": time(state.oldest), "dead_letters": .int(state.parked), "files": .int(state.files),
            "size": .int(state.size),
        ]
    }

    private static func window(_ window: DeliveryWindow) -> JSON {
        [
            "from": .string(DeliveryWindow.text(window.from)), "to": .string(DeliveryWindow.text(window.to)),
            "zone": .optional(window.zone),
        ]
    }

    static func time(_ moment: Date?) -> JSON { moment.map { .string(RFC3339.string($0)) } ?? .null }
}
