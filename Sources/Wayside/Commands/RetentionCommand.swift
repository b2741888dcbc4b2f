import ArgumentParser
import Catalogue
import Delivery
import Domain
import Foundation
import Logging
import Web

/// How long files are kept.
struct RetentionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention", abstract: "Say how long files of a camera label are kept, and see what would go.",
        discussion: """
            Without a rule everything is kept for ever. A running server applies the rules every hour; what a route still \
            owes is never let go of. Docs/retention.md says more.
            """,
        subcommands: [RetentionApplyCommand.self, RetentionSetCommand.self],
        defaultSubcommand: RetentionApplyCommand.self)
}

struct RetentionApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Let go now of what the rules keep no longer.",
        discussion: "A running server, or the next one, removes the bytes within seconds.")

    @Flag(help: "Only print what would go.") var dryRun = false
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        let rules = try await instance.catalogue.retention.rules()
        guard !rules.isEmpty else { return Console.say("There are no rules: everything is kept.") }
        if dryRun {
            let plans = try await RetentionAdministration(catalogue: instance.catalogue).plans(rules)
            return try await RetentionReport(instance: instance).say(plans, "would go")
        }
        let service = RetentionService(
            retention: instance.catalogue.retention, logger: Logger(label: "wayside"), queued: {})
        try await RetentionReport(instance: instance).say(try await service.apply().map(\.plan), "went")
    }
}

struct RetentionSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Say how long files of a label are kept.",
        discussion: """
            original  Stored originals alone, sealed or kept. Copies that routes have brought away stay.
            raw       The camera's raw files alone, likewise: their pictures stay.
            picture   Pictures with all their files, here and at destinations. Nothing brings them back but a backup.

            Days count from the arrival of a picture. With a size the oldest go first. Without either, the rule goes and \
            everything is kept.
            """)

    @Argument(help: "The camera label.") var label: String
    @Argument(help: "original, raw or picture.") var what: RetentionRule.Class
    @Option(help: "Keep them for so many days.") var days: Int?
    @Option(help: "Keep so many gigabytes (10⁹ bytes) of them.") var gigabytes: Double?
    @Flag(help: "Only print what would go under such a rule.") var dryRun = false
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        let label = try await instance.label(named: label)
        let administration = RetentionAdministration(catalogue: instance.catalogue)
        let bytes = gigabytes.map { (0...1e9).contains($0) ? Int64(($0 * 1e9).rounded()) : -1 }
        let rules = try administration.rules([what: .init(days: days, bytes: bytes)], of: label.id)
        let report = RetentionReport(instance: instance)
        if dryRun { return try await report.say(try await administration.plans(rules), "would go") }
        let others = try await instance.catalogue.retention.rules(of: label.id).filter { $0.what != what }
        let all = RetentionRule.Class.allCases.compactMap { what in (others + rules).first { $0.what == what } }
        try await administration.set(all, of: label.id, by: .system)
        try await report.say(try await administration.plans(rules), "will go")
    }
}

/// What commands about retention print.
struct RetentionReport {
    let instance: Instance

    func say(_ plans: [RetentionPlan], _ verb: String) async throws {
        let labels = try await instance.catalogue.labels.list(viewer: .system)
        guard !plans.isEmpty else { return Console.say("Everything is kept.") }
        for plan in plans {
            let name = labels.first { $0.id == plan.rule.labelID }?.name ?? ""
            let what = Console.count(plan.count, Self.word(plan.rule.what))
            var line = "\(name)  \(plan.rule.what.rawValue)  \(what), \(Console.size(plan.bytes)) \(verb)"
            if let from = plan.from, let to = plan.to {
                line += "; arrived \(RFC3339.string(from)) to \(RFC3339.string(to))"
            }
            if plan.owed > 0 { line += "; \(plan.owed) more stay, since a route still owes them" }
            Console.say(line)
        }
    }

    private static func word(_ what: RetentionRule.Class) -> String {
        switch what {
        case .original: "original"
        case .raw: "raw file"
        case .picture: "picture"
        }
    }
}

extension RetentionRule.Class: ExpressibleByArgument {}
