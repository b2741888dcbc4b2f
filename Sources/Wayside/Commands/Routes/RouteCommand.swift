import ArgumentParser
import Catalogue
import Domain
import Foundation
import Web

/// Rules for sending copies on.
struct RouteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "route", abstract: "Send copies of pictures to other places, and see whether they arrive.",
        subcommands: [
            RouteCreateCommand.self, RouteListCommand.self, RouteShowCommand.self, RouteSetCommand.self,
            RouteRetryCommand.self, RouteVerifyCommand.self, RouteCheckCommand.self, RouteRefillCommand.self,
            RouteDeleteCommand.self,
        ], aliases: ["routes"])
}

struct RouteCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create a route, and owe it all pictures of its labels.",
        discussion: """
            What is sent: original and raw (only where the label keeps or seals originals), hd, sd, thumb (redacted), a \
            size such as 1920x1280 (redacted, scaled down to fit), item (a STAC item as JSON); or backup alone, with \
            --when-hidden keep (all that is stored, and the catalogue, for “wayside restore”).

            Where: folders, servers that take files by PUT, and anything that a JSON file describes as the API does, \
            for example

              {"kind": "bucket", "endpoint": "https://s3.example.org", "bucket": "copies", "prefix": "town", \
            "access_key": "…", "secrets": {"secret_key": "…"}}

              {"kind": "rclone", "backend": "sftp", "options": {"host": "archive.example.org", "user": "wayside"}, \
            "path": "pictures", "secrets": {"pass": "…"}}

            Several destinations are mirrors: each gets everything, and one that is down catches up.

            Names are made of {label}, {date}, {time}, {year}, {month}, {day}, {hour}, {id}, {name} and {kind}; the \
            ending is added.

            With --newest-only the newest picture of each label alone is sent, under a name that never changes \
            ({label}/latest): what a hotlink shows. It is replaced by the next one.
            """)

    @Argument(help: "What the route is called.") var name: String
    @Option(help: "A camera label; may be said several times.") var label: [String] = []
    @Option(help: "What is sent; may be said several times.") var what: [String] = ["hd"]
    @Option(help: "A folder to send to; may be said several times.") var directory: [String] = []
    @Option(help: "An address to PUT files below; may be said several times.") var http: [String] = []
    @Option(help: "A JSON file that describes a destination with its secrets, or - for standard input.")
    var destination: [String] = []
    @Option(help: "How files are named, such as {label}/{date}/{time}_{id}.") var pattern: String?
    @OptionGroup var rules: RouteRuleOptions
    @Option(help: "withdraw or keep: what becomes of copies of a picture that is hidden.") var whenHidden =
        Route.WhenHidden.withdraw
    @Flag(help: "Send only pictures that arrive from now on.") var newOnly = false
    @Flag(help: "Send the newest picture of each label alone, in place of the one before.") var newestOnly = false
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        let administration = instance.routes
        let contents = try what.map { word in
            guard let content = RouteContent(word: word) else {
                throw Failure(.unprocessable, "“\(word)” is nothing that a route sends; see --help.")
            }
            return content
        }
        var route = Route(
            name: name, labels: try await administration.labels(label), contents: contents,
            destinations: try destinations(), pattern: try pattern.map { try NamePattern($0) }, whenHidden: whenHidden,
            newestOnly: newestOnly, since: newOnly ? .now : nil)
        try rules.apply(to: &route)
        let made = try await administration.create(route, by: .system)
        let waiting = try await administration.standing(made.id).states.reduce(0) { $0 + $1.waiting }
        Console.note("The route “\(made.name)” was created; it owes \(Console.count(waiting, "copy", "copies")).")
    }

    private func destinations() throws -> [RouteDestination] {
        let folders = directory.map { path in
            RouteDestination(
                configuration: .directory(DirectoryPlace(path: URL(filePath: path).standardizedFileURL.path)))
        }
        let servers = http.map { RouteDestination(configuration: .http(HTTPPlace(url: $0))) }
        return try folders + servers + destination.map(Self.described)
    }

    private static func described(_ path: String) throws -> RouteDestination {
        let bytes =
            path == "-" ? try FileHandle.standardInput.readToEnd() : FileManager.default.contents(atPath: path)
        guard let bytes else { throw Failure(.notFound, "The file \(path) cannot be read.") }
        do {
            return try RouteAdministration.destination(bytes)
        } catch let error as DecodingError {
            throw Failure(.unprocessable, "The file \(path) describes no destination.", underlying: error)
        }
    }
}

/// When a route sends.
struct RouteRuleOptions: ParsableArguments {
    @Option(help: "When files are sent, such as 22:00-06:00.") var window: String?
    @Option(help: "The time zone of the window, such as Europe/Paris (default: the server's).") var zone: String?
    @Option(help: "Kilobytes (10³ bytes) a second to each destination.") var rate: Int?

    func apply(to route: inout Route) throws {
        if let window {
            let parts = window.split(separator: "-").map(String.init)
            guard parts.count == 2 else { throw Failure(.unprocessable, "A window is said like 22:00-06:00.") }
            route.window = try DeliveryWindow(from: parts[0], to: parts[1], zone: zone)
        }
        if let rate { route.rate = rate.multipliedReportingOverflow(by: 1000).partialValue }
    }
}

extension Route.WhenHidden: ExpressibleByArgument {}
