import Domain
import Foundation

/// What somebody has typed into the form for a new route; kept when something of it is wrong, but for secrets.
struct RouteDraft: Sendable {
    let form: PageForm?

    func text(_ name: String) -> String { form?[name] ?? "" }

    func isChosen(_ name: String, _ value: String, usually: Bool = false) -> Bool {
        guard let form else { return usually }
        return form.all(name).contains(value)
    }

    /// The kind of destination that is chosen.
    var kind: DestinationConfiguration.Kind { .init(rawValue: text("kind")) ?? .directory }

    /// The route that it describes.
    ///
    /// - Throws: `.unprocessable` with what is wrong.
    func route() throws -> Route {
        var contents = (form?.all("content") ?? []).compactMap(RouteContent.init(word:))
        let size = text("size").filter { !$0.isWhitespace }.lowercased()
        if !size.isEmpty {
            guard let content = RouteContent(word: size), case .rendition = content else {
                throw Failure(.unprocessable, "A size is two numbers of pixels, such as 1920x1280.")
            }
            contents.append(content)
        }
        let labels = (form?.all("label") ?? []).compactMap { CameraLabelID($0) }
        let pattern = text("pattern").isEmpty ? nil : try NamePattern(text("pattern"))
        var route = Route(
            name: text("name"), labels: labels, contents: contents, destinations: [destination], pattern: pattern,
            whenHidden: Route.WhenHidden(rawValue: text("hidden")) ?? .withdraw,
            newestOnly: text("newest") == "yes")
        if !text("from").isEmpty || !text("to").isEmpty {
            let zone = text("zone")
            route.window = try DeliveryWindow(from: text("from"), to: text("to"), zone: zone.isEmpty ? nil : zone)
        }
        // What is no number is out of bounds as well.
        if !text("rate").isEmpty { route.rate = (Int(text("rate")).map { min($0, 1 << 40) } ?? 0) * 1000 }
        return route
    }

    private var destination: RouteDestination {
        switch kind {
        case .directory:
            return RouteDestination(configuration: .directory(DirectoryPlace(path: text("path"))))
        case .bucket:
            let region = text("region")
            let place = BucketPlace(
                endpoint: text("endpoint"), bucket: text("bucket"), region: region.isEmpty ? "us-east-1" : region,
                prefix: text("prefix"), accessKey: text("access_key"))
            return RouteDestination(configuration: .bucket(place), secrets: ["secret_key": text("secret_key")])
        case .rclone:
            let place = RclonePlace(
                backend: text("backend"), options: Self.lines(text("options")), path: text("remote_path"))
            return RouteDestination(configuration: .rclone(place), secrets: Self.lines(text("secrets")))
        case .http:
            let (token, header) = (text("token"), text("header"))
            return RouteDestination(
                configuration: .http(HTTPPlace(url: text("url"), header: header.isEmpty ? nil : header)),
                secrets: token.isEmpty ? [:] : ["token": token])
        case .wayside:
            let (token, label) = (text("peer_token"), text("peer_label"))
            return RouteDestination(
                configuration: .wayside(WaysidePlace(url: text("peer_url"), label: label.isEmpty ? nil : label)),
                secrets: token.isEmpty ? [:] : ["token": token])
        }
    }

    /// `name = value`, a line each.
    private static func lines(_ text: String) -> [String: String] {
        var values: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts[0].trimmingCharacters(in: .whitespaces)
            guard !name.isEmpty else { continue }
            values[name] = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        }
        return values
    }
}
