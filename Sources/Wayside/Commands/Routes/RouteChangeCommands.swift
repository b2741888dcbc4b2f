import ArgumentParser
import Domain
import Web

struct RouteSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change a route, or switch it off and on.",
        discussion: "A route that is off sends nothing, and still takes back what is hidden.")

    @Argument(help: "The route.") var route: String
    @Flag(help: "Switch it on.") var on = false
    @Flag(help: "Switch it off.") var off = false
    @Flag(
        inversion: .prefixedNo,
        help: "Send the newest picture of each label alone, or all of them; what lies there too much is taken back.")
    var newestOnly: Bool?
    @Option(help: "How files are named from now on; those that are there are renamed.") var pattern: String?
    @OptionGroup var rules: RouteRuleOptions
    @Flag(help: "Send at any time.") var noWindow = false
    @Flag(help: "Send as fast as it goes.") var noRate = false
    @OptionGroup var options: DataOptions

    func validate() throws {
        guard !(on && off) else { throw ValidationError("Say --on or --off, not both.") }
    }

    func run() async throws {
        let instance = try await Instance.open(options)
        let found = try await instance.route(named: route)
        let pattern = try pattern.map { try NamePattern($0) }
        let (rules, on, off, noWindow, noRate) = (rules, on, off, noWindow, noRate)
        let newestOnly = newestOnly
        _ = try await instance.routes.change(found.id, by: .system) { route in
            if on { route.isEnabled = true }
            if off { route.isEnabled = false }
            if let newestOnly { route.sendNewestOnly(newestOnly) }
            if let pattern { route.pattern = pattern }
            try rules.apply(to: &route)
            if noWindow { route.window = nil }
            if noRate { route.rate = nil }
        }
        Console.note("The route “\(found.name)” was changed.")
    }
}

struct RouteRetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Try dead letters of a route anew, and at once what waits for its next try.")

    @Argument(help: "The route.") var route: String
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        let found = try await instance.route(named: route)
        let count = try await instance.routes.retry(found.id, by: .system)
        Console.note("\(Console.count(count, "copy", "copies")) will be tried anew.")
    }
}

struct RouteCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Try the destinations of a route now; fails when one does not work.")

    @Argument(help: "The route.") var route: String
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        let found = try await instance.route(named: route)
        var broken = 0
        for destination in found.destinations {
            let reason = try await instance.routes.check(found.id, destination.number)
            if reason != nil { broken += 1 }
            Console.say("\(destination.number)  \(destination.configuration.summary): \(reason ?? "works")")
        }
        guard broken == 0 else {
            throw Failure(.unavailable, "\(Console.count(broken, "destination")) of “\(found.name)” cannot be used.")
        }
    }
}

struct RouteRefillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refill", abstract: "Send everything to a destination anew: its disk was replaced by an empty one."
    )

    @Argument(help: "The route.") var route: String
    @Argument(help: "The number of the destination; see “wayside route show”.") var destination: Int
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        let found = try await instance.route(named: route)
        try await instance.routes.refill(found.id, destination, by: .system)
        Console.note("Everything is sent to destination \(destination) of “\(found.name)” anew.")
    }
}

struct RouteDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete a route.",
        discussion: """
            One that has sent something needs to be told what becomes of that: --withdraw takes it back first, by the \
            running server or the next one, and the route is there until that is done; --leave leaves it there, out of \
            reach for all times.
            """)

    @Argument(help: "The route.") var route: String
    @Flag(help: "Take back what it has sent first.") var withdraw = false
    @Flag(help: "Leave what it has sent where it is.") var leave = false
    @Flag(help: "Do not ask.") var confirm = false
    @OptionGroup var options: DataOptions

    func validate() throws {
        guard !(withdraw && leave) else { throw ValidationError("Say --withdraw or --leave, not both.") }
    }

    func run() async throws {
        let instance = try await Instance.open(options)
        let found = try await instance.route(named: route)
        let question = "“\(found.name)” will send nothing any more. Type its name to confirm: "
        guard confirm || Console.ask(question) == found.name else {
            throw Failure(.unprocessable, "Nothing was deleted: add --confirm to delete “\(found.name)”.")
        }
        let copies: SentCopies? = withdraw ? .withdraw : leave ? .leave : nil
        let isGone = try await instance.routes.delete(found.id, copies: copies, by: .system)
        Console.note(
            isGone
                ? "The route “\(found.name)” was deleted."
                : "“\(found.name)” takes back what it has sent, and is deleted then.")
    }
}
