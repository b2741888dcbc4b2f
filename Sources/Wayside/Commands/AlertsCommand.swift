import Alerts
import ArgumentParser
import Catalogue
import Domain
import Foundation
import Logging
import Web

/// What is amiss, and who is told.
struct AlertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "See what is amiss, say that it is known, and try out who is told.",
        discussion: "Docs/alerts.md says what is looked at, and how mail and webhooks are set up.",
        subcommands: [
            AlertsListCommand.self, AlertsAcknowledgeCommand.self, AlertsWatchCommand.self, AlertsTestCommand.self,
        ],
        defaultSubcommand: AlertsListCommand.self)
}

struct AlertsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List alerts that are going on, and then those that are over.")

    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        let words = try AlertWords(.english, folder: instance.settings.templatesFolder)
        let alerts = try await instance.catalogue.alerts.list(limit: 100)
        guard !alerts.isEmpty else { return Console.say("All is well.") }
        for alert in alerts {
            let state = alert.isOpen ? (alert.acknowledgedAt == nil ? "going on" : "known") : "over"
            Console.say("\(alert.id)  \(RFC3339.string(alert.since))  \(state)  \(words.text(alert))")
        }
    }
}

struct AlertsAcknowledgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge", abstract: "Say that an alert is known: there are no reminders of it any more.")

    @Argument(help: "The alert's id.") var id: String
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        guard let id = AlertID(id) else { throw Failure.notFound("alert") }
        _ = try await AlertAdministration(catalogue: instance.catalogue).acknowledge(id, by: .system)
    }
}

struct AlertsWatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Say what is expected of a camera label; without options, nothing.")

    @Argument(help: "The camera label.") var label: String
    @Option(help: "Something comes every so many minutes.") var every: Double?
    @Option(help: "Minutes beyond that before silence is said (default: half as many).") var grace: Double?
    @Option(help: "Of the files of a day, how many percent may lack a position.") var withoutPosition: Int?
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        let label = try await instance.label(named: label)
        let wish = AlertAdministration.Wish(
            rhythm: every.map { $0 * 60 }, grace: grace.map { $0 * 60 }, positionsMissing: withoutPosition)
        let watch = try await AlertAdministration(catalogue: instance.catalogue).watch(label.id, wish, by: .system)
        Console.note("“\(label.name)” is \(watch.isOff ? "not watched any more" : "watched").")
    }
}

struct AlertsTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Send a test message to everybody who is told of alerts.")

    @OptionGroup var options: DataOptions
    @OptionGroup var told: AlertOptions

    func run() async throws {
        let settings = try await SettingsSources(arguments: options.arguments + told.arguments).settings()
        let channels = AlertChannels(settings: settings, logger: Logger(label: "wayside")).all
        guard !channels.isEmpty else {
            throw Failure(.unprocessable, "Nobody is told of alerts: set alert-to or alert-webhook (Docs/alerts.md).")
        }
        let words = try PageWords(language: settings.language, folder: settings.templatesFolder)
        let alert = Alert(topic: AlertTopic(.diskFull, "test"), details: [:], since: .now, raisedAt: .now)
        let message = AlertMessage(
            notice: AlertNotice(number: 0, event: .raised, alert: alert, at: .now, attempts: 0),
            title: words("alerts.testTitle"), text: "\(words("alerts.testText"))\n", instance: settings.instanceName)
        for channel in channels {
            try await channel.send(message)
            Console.say("\(channel.name): sent")
        }
    }
}
