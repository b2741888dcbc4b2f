import Domain

/// What a route has to keep to beyond its own words, in the transaction that writes it.
enum RouteChecks {
    static func require(_ route: Route, _ connection: any SQLConnection) throws {
        let key = NameKey.of(route.name)
        guard try !connection.exists("SELECT 1 FROM routes WHERE name_key = \(key) AND id <> \(route.id)") else {
            throw Failure(.conflict, "There is already a route of that name.", details: ["name": route.name])
        }
        for label in route.labels { try require(label, route, connection) }
    }

    private static func require(_ id: CameraLabelID, _ route: Route, _ connection: any SQLConnection) throws {
        let label = try connection.first("SELECT \(LabelStore.columns) FROM camera_labels l WHERE l.id = \(id)") {
            try LabelStore.label(&$0)
        }
        guard let label else {
            throw Failure(.unprocessable, "There is no such camera label.", details: ["field": "labels"])
        }
        guard label.originals == .discard, let content = route.contents.first(where: \.isOriginal) else { return }
        throw Failure(
            .unprocessable,
            "The camera label “\(label.name)” discards originals, so that no route can send them.",
            details: ["field": "contents", "label": label.name, "content": content.word])
    }
}
