import Domain

/// What a client has to know of the instance before it signs in (Panoramax `/api/configuration`).
struct ConfigurationDocument {
    let configuration: WebConfiguration

    var json: JSON {
        let rules = DispatchRules()
        let name: JSON = .string(configuration.instanceName)
        let values = Visibility.allCases.filter { $0 != .anyone || configuration.isPublic }
        return [
            "name": ["label": name, "langs": ["en": name, "fr": name]],
            "description": ["label": "Street imagery", "langs": ["en": "Street imagery", "fr": "Imagerie de rue"]],
            "auth": [
                "enabled": true, "registration_is_open": false, "enforce_tos_acceptance": false,
                "user_profile": ["url": "/account"],
            ],
            "license": ["id": "other"], "version": .string(configuration.version), "pages": [], "is_read_only": false,
            "defaults": [
                "collaborative_metadata": false, "default_visibility": .string(Visibility.loggedOnly.rawValue),
                "split_distance": .double(rules.splitDistance ?? 0), "split_time": .double(rules.splitTime ?? 0),
                "duplicate_distance": .double(rules.duplicateDistance ?? 0),
                "duplicate_rotation": .double(rules.duplicateRotation ?? 0),
            ],
            "visibility": ["possible_values": .array(values.map { .string($0.rawValue) })],
            "maximum_file_size": .int(configuration.maximumFileSize),
        ]
    }
}
