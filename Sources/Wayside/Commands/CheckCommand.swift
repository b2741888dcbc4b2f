import ArgumentParser
import Catalogue
import CatalogueSQLite
import Domain
import Foundation
import Inbox
import Logging
import Mustache
import Storage
import StorageS3
import Web

/// Opens everything the server needs and says, a line each, what it found.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Open everything the server needs, and report.",
        discussion: "Exits with 0 when all is well and with 1 otherwise. Works beside a running server.")

    @OptionGroup(title: "Places") var options: DataOptions
    @OptionGroup(title: "Settings") var server: ServerOptions

    func run() async throws {
        let settings = try await SettingsSources(arguments: options.arguments + server.arguments).settings()
        var checks = Checks()
        await checks.run("settings") { try Self.settings(settings) }
        await checks.run("data folder") { try Self.dataFolder(settings) }
        if settings.data.isThere {
            await checks.run("catalogue") { try await Self.catalogue(settings) }
        }
        if settings.data.isThere || settings.storage.kind == .s3 {
            await checks.run("store") { try await Self.store(settings) }
        }
        for place in InboxOpening(settings: settings).places(Logger(label: "wayside.inbox")) {
            await checks.run("inbox") {
                "\(place.description), \(Console.count(try await place.list().entries.count, "file")) to be taken"
            }
        }
        if settings.data.isThere { await Self.routes(settings, &checks) }
        await checks.run("templates") { try await Self.templates(settings) }
        await checks.run("darkroom") { try await DarkroomCheck(settings: settings).run() }
        for state in await OwnModelCheck(settings: settings).all() {
            await checks.run("model") { try Self.model(state) }
        }
        guard checks.areGood else { throw ExitCode.failure }
    }

    private static func settings(_ settings: Settings) throws -> String {
        try settings.checkListening()
        return "\(settings.file ?? "no file"); listens on \(settings.host), port \(settings.port)"
    }

    private static func dataFolder(_ settings: Settings) throws -> String {
        guard settings.data.isThere else {
            return "\(settings.data.path) is empty; the first start of the server makes the catalogue"
        }
        let room = try StagingFolder(path: settings.data.staging).availableBytes()
        guard room >= settings.maximumFileSize else {
            throw Failure(.noSpace, "\(settings.data.path) has room for \(Console.size(room)) only.")
        }
        let server = settings.data.hasServer ? "a server is running" : "no server is running"
        return "\(settings.data.path), room for \(Console.size(room)); \(server)"
    }

    private static func catalogue(_ settings: Settings) async throws -> String {
        let instance = try await Instance.open(settings, creating: false)
        let pictures = try await instance.catalogue.pictures.count(viewer: .system)
        let accounts = try await instance.catalogue.accounts.count()
        let jobs = try await instance.catalogue.jobs.counts().values.reduce(0, +)
        let setbacks = try await instance.catalogue.jobs.setbacks().map {
            "\n                  \(Console.count($0.jobs, "job")) to be tried again: \($0.reason)"
        }
        return "\(Console.count(accounts, "account")), \(Console.count(pictures, "picture")) to be seen, "
            + "\(Console.count(jobs, "job")) waiting" + setbacks.joined()
    }

    private static func store(_ settings: Settings) async throws -> String {
        let store = try StoreOpening(settings: settings).open()
        try await store.check()
        guard let store = store as? S3Store else { return "\(settings.data.store) takes files" }
        let exposures = try await store.exposures()
        guard exposures.isEmpty else {
            throw Failure(.unprocessable, "NOT SAFE. \(exposures.joined(separator: " "))")
        }
        let bucket = "the bucket “\(store.bucket.name)” at \(store.bucket.origin)"
        return "\(bucket) takes files; strangers may not read, list or write"
    }

    /// Each destination that is not switched off is tried.
    private static func routes(_ settings: Settings, _ checks: inout Checks) async {
        guard let instance = try? await Instance.open(settings, creating: false),
            let routes = try? await instance.catalogue.routes.list()
        else { return }
        for route in routes where route.isEnabled {
            for destination in route.destinations {
                await checks.run("route") {
                    let reason = try await instance.routes.check(route.id, destination.number)
                    guard reason == nil else { throw Failure(.unavailable, "\(route.name): \(reason ?? "")") }
                    return "\(route.name): \(destination.configuration.summary) takes files"
                }
            }
        }
    }

    private static func model(_ state: OwnModelState) throws -> String {
        guard state.isGood else { throw Failure(.unprocessable, "\(state.file): \(state.sentence)") }
        return "\(state.file): \(state.sentence)"
    }

    private static func templates(_ settings: Settings) async throws -> String {
        guard FileManager.default.fileExists(atPath: settings.templatesFolder) else {
            throw Failure(.notFound, "There is no folder \(settings.templatesFolder).")
        }
        _ = try await MustacheLibrary(directory: settings.templatesFolder)
        return "\(settings.templatesFolder) can be read"
    }
}

/// Runs checks and prints each result as it comes.
struct Checks {
    private(set) var areGood = true

    mutating func run(_ name: String, _ check: () async throws -> String) async {
        let title = name + String(repeating: " ", count: max(1, 12 - name.count))
        do {
            Console.say("ok    \(title)\(try await check())")
        } catch {
            areGood = false
            let failure = error as? Failure
            let cause = failure?.underlying.map { " (\($0))" } ?? ""
            Console.say("FAIL  \(title)\(failure?.message ?? "\(error)")\(cause)")
        }
    }
}
