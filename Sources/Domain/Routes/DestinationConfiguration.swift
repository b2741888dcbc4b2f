/// A place that copies go to, without its secrets. One kind each; a new one is a case here, a type that keeps `Destination`,
/// and a line in `DestinationOpening`.
package enum DestinationConfiguration: Hashable, Sendable {
    case directory(DirectoryPlace)
    case bucket(BucketPlace)
    case rclone(RclonePlace)
    case http(HTTPPlace)
    case wayside(WaysidePlace)

    /// On the wire and in the catalogue.
    package enum Kind: String, Codable, Sendable, CaseIterable {
        case directory, bucket, rclone, http, wayside
    }

    package var kind: Kind {
        switch self {
        case .directory: .directory
        case .bucket: .bucket
        case .rclone: .rclone
        case .http: .http
        case .wayside: .wayside
        }
    }

    /// What people call it by: no secret is in it.
    package var summary: String {
        switch self {
        case .directory(let place): place.path
        case .bucket(let place): "\(place.endpoint)/\(place.bucket)\(place.prefix.isEmpty ? "" : "/\(place.prefix)")"
        case .rclone(let place):
            "\(place.backend):\(place.options["host"] ?? place.options["url"] ?? "")/\(place.path)"
        case .http(let place): place.url
        case .wayside(let place): place.url
        }
    }

    /// The names of the secrets that such a place has.
    package var secretNames: [String] {
        switch self {
        case .directory: []
        case .bucket: ["secret_key"]
        case .rclone: []
        case .http, .wayside: ["token"]
        }
    }

    /// - Throws: `.unprocessable` with the rule that is broken.
    func validate(_ secrets: [String: String]) throws {
        switch self {
        case .directory(let place): try place.validate()
        case .bucket(let place): try place.validate(secrets)
        case .rclone(let place): try place.validate(secrets)
        case .http(let place): try place.validate(secrets)
        case .wayside(let place): try place.validate(secrets)
        }
        if kind != .rclone, let unknown = secrets.keys.sorted().first(where: { !secretNames.contains($0) }) {
            throw Route.refusal("A destination of this kind has no secret “\(unknown)”.", "destinations")
        }
    }
}

extension DestinationConfiguration: Codable {
    private enum Key: String, CodingKey { case kind }

    package init(from decoder: any Decoder) throws {
        switch try decoder.container(keyedBy: Key.self).decode(Kind.self, forKey: .kind) {
        case .directory: self = .directory(try DirectoryPlace(from: decoder))
        case .bucket: self = .bucket(try BucketPlace(from: decoder))
        case .rclone: self = .rclone(try RclonePlace(from: decoder))
        case .http: self = .http(try HTTPPlace(from: decoder))
        case .wayside: self = .wayside(try WaysidePlace(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(kind, forKey: .kind)
        switch self {
        case .directory(let place): try place.encode(to: encoder)
        case .bucket(let place): try place.encode(to: encoder)
        case .rclone(let place): try place.encode(to: encoder)
        case .http(let place): try place.encode(to: encoder)
        case .wayside(let place): try place.encode(to: encoder)
        }
    }
}
