import ArgumentParser
import Delivery
import Domain
import Foundation
import Storage

struct RouteVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Compare what lies at a route's destinations with what is known of it.",
        discussion: """
            Works beside a running server. Each line names a file: missing, different (another size or, with --rehash, \
            another checksum), surplus (not one of this server's: it is only told of), or a picture that is unsent. Ends \
            with status 2 when anything but surplus files is found and not repaired. With --wait it ends when what it has \
            queued lies there, and with status 2 when some of it was given up.
            """)

    @Argument(help: "The route's name.") var route: String
    @Option(help: "The number of one destination (default: all).") var destination: Int?
    @Flag(help: "Read every file back and compare its checksum.") var rehash = false
    @Flag(help: "Queue what is missing, different or unsent to be sent anew, by the server that runs or starts next.")
    var repair = false
    @Flag(help: "With --repair: wait until the server has sent what was queued.") var wait = false
    @OptionGroup var options: DataOptions

    func validate() throws {
        guard repair || !wait else {
            throw ValidationError("Only what is repaired can be waited for: say --repair too.")
        }
    }

    func run() async throws {
        let instance = try await Instance.open(options)
        let route = try await instance.route(named: self.route)
        var isInLine = true
        var repaired: [RouteDestination] = []
        for place in route.destinations where destination == nil || place.number == destination {
            let verification = RouteVerification(
                catalogue: instance.catalogue, route: route, number: place.number,
                destination: try await RouteWiring.opening(instance.settings).open(place),
                scratch: ScratchFolder(path: instance.settings.data.scratch), rehashes: rehash, repairs: repair)
            let number = place.number
            let outcome = try await verification.run { finding in
                Console.say("\(number)  \(finding.kind.rawValue)  \(finding.name)")
            }
            let counts = RouteFinding.Kind.allCases.map { "\(outcome.counts[$0] ?? 0) \($0.rawValue)" }
            Console.note(
                "\(number)  \(place.configuration.summary): \(Console.count(outcome.known, "file")) known, "
                    + "\(outcome.listed) there; \(counts.joined(separator: ", "))"
                    + (outcome.queued > 0 ? "; \(Console.count(outcome.queued, "picture")) queued" : ""))
            isInLine = isInLine && (outcome.isInLine || repair)
            if outcome.queued > 0 { repaired.append(place) }
        }
        try await instance.audit(
            "route.verified", subject: route.id.string, ["rehash": "\(rehash)", "repair": "\(repair)"])
        if !repaired.isEmpty {
            isInLine = try await end(RouteRepair(instance: instance, route: route), repaired) && isInLine
        }
        guard isInLine else { throw ExitCode(2) }
    }

    /// Whether what was queued is there, or not asked for.
    private func end(_ repair: RouteRepair, _ places: [RouteDestination]) async throws -> Bool {
        guard wait else {
            Console.note(
                "What was queued is not sent yet: the server that runs, or starts next, does that. With --wait this "
                    + "command ends when it has.")
            return true
        }
        var isWhole = true
        for place in places { isWhole = try await repair.wait(for: place) && isWhole }
        return isWhole
    }
}
