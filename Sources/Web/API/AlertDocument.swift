import Domain

/// An alert as programs read it, with its sentence.
struct AlertDocument {
    let alert: Alert
    let words: AlertWords

    var json: JSON {
        [
            "id": .string(alert.id.string), "kind": .string(alert.topic.kind.rawValue),
            "subject": .string(alert.topic.subject), "state": .string(alert.isOpen ? "raised" : "recovered"),
            "title": .string(words.title(alert)), "message": .string(words.text(alert)),
            "details": .object(
                JSONObject(
                    members: alert.details.sorted { $0.key < $1.key }.map {
                        .init(name: $0.key, value: .string($0.value))
                    })),
            "since": .string(RFC3339.string(alert.since)),
            "raised_at": .optional(alert.raisedAt.map { RFC3339.string($0) }),
            "reminded_at": .optional(alert.remindedAt.map { RFC3339.string($0) }),
            "reminders": .int(alert.reminders),
            "recovered_at": .optional(alert.recoveredAt.map { RFC3339.string($0) }),
            "acknowledged_at": .optional(alert.acknowledgedAt.map { RFC3339.string($0) }),
            "acknowledged_by": .optional(alert.acknowledgedBy?.string),
        ]
    }
}
