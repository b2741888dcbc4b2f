import ArgumentParser
import Catalogue
import Domain
import Foundation
import Web

struct RouteListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List routes, their destinations and what they still owe.")

    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        var table = TextTable(["ROUTE", "LABELS", "WHAT", "NO", "WHERE", "STATE", "WAITING", "DEAD", "FILES"])
        for standing in try await instance.routes.standings() {
            let route = standing.route
            for destination in route.destinations {
                guard let state = standing.states.first(where: { $0.number == destination.number }) else { continue }
                table.add([
                    route.name, standing.labels.map(\.name).joined(separator: ", "),
                    route.contents.map(\.word).joined(separator: ", "), "\(destination.number)",
                    destination.configuration.summary, state.word(route), "\(state.waiting)", "\(state.parked)",
                    "\(state.files)",
                ])
            }
        }
        Console.say(table.text)
    }
}

struct RouteShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a route, how its destinations are doing, and what failed why.")

    @Argument(help: "The route.") var route: String
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        let standing = try await instance.routes.standing(try await instance.route(named: route).id)
        let route = standing.route
        Console.say("\(route.name)\(route.isEnabled ? "" : " (off)")")
        Console.say("  labels   \(standing.labels.map(\.name).joined(separator: ", "))")
        let newest = route.newestOnly ? " (of each label the newest picture alone)" : ""
        Console.say("  what     \(route.contents.map(\.word).joined(separator: ", "))\(newest)")
        Console.say("  names    \(route.pattern.text)")
        Console.say("  when     \(Self.times(route))")
        Console.say("  hidden   \(route.whenHidden == .keep ? "copies stay" : "copies are taken back")")
        for destination in route.destinations {
            guard let state = standing.states.first(where: { $0.number == destination.number }) else { continue }
            Console.say("  \(destination.number)  \(destination.configuration.summary): \(state.word(route))")
            Console.say(
                "     \(Console.count(state.files, "file")), \(Console.size(state.size)); waiting \(state.waiting)"
                    + "\(state.oldest.map { " since \(RFC3339.string($0))" } ?? ""), dead letters \(state.parked)")
            if let error = state.lastError { Console.say("     \(error)") }
        }
        for setback in try await instance.catalogue.outbox.setbacks(of: route.id) {
            Console.say("  \(Console.count(setback.jobs, "copy", "copies")): \(setback.reason)")
        }
    }

    private static func times(_ route: Route) -> String {
        let window = route.window.map { window in
            let zone = window.zone.map { " \($0)" } ?? ""
            return "\(DeliveryWindow.text(window.from))-\(DeliveryWindow.text(window.to))\(zone)"
        }
        return (window ?? "at once") + (route.rate.map { ", \($0 / 1000) kB/s" } ?? "")
    }
}

extension DestinationState {
    /// In a word.
    func word(_ route: Route) -> String {
        if route.endingSince != nil, downSince == nil { return "takes everything back" }
        if let downSince { return "down since \(RFC3339.string(downSince))" }
        if !route.isEnabled { return "off" }
        return workedAt == nil ? "not used yet" : "works"
    }
}

extension Instance {
    /// What administrators do with routes.
    var routes: RouteAdministration {
        RouteAdministration(
            catalogue: catalogue, support: RouteWiring(settings: settings, catalogue: catalogue).support)
    }

    func route(named name: String) async throws -> Route {
        guard let route = try await catalogue.routes.find(name: name) else {
            throw Failure(.notFound, "There is no route “\(name)”.")
        }
        return route
    }
}
