import ArgumentParser
import Catalogue
import Domain
import Web

/// Camera labels, and who they are granted to.
struct LabelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label", abstract: "Create, grant, change and list camera labels.",
        subcommands: [
            LabelCreateCommand.self, LabelGrantCommand.self, LabelWithdrawCommand.self, LabelSetCommand.self,
            LabelPolicyCommand.self, LabelOriginalsCommand.self, LabelDiscardOriginalsCommand.self,
            LabelMountingCommand.self, LabelProcessCommand.self, LabelHotlinkCommand.self, LabelListCommand.self,
        ])
}

struct LabelCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "create", abstract: "Create a camera label.")

    @Argument(help: "What is written on the camera: letters, digits, spaces and - _ . only.") var label: String
    @OptionGroup var redaction: RedactionOptions
    @OptionGroup var options: DataOptions

    func run() async throws {
        let name = try CameraLabel.validName(label)
        try redaction.confirm(for: name)
        let instance = try await Instance.open(options, creating: true)
        _ = try await LabelAdministration(catalogue: instance.catalogue).create(
            name: name, confirmsNoRedaction: redaction.isConfirmed, by: .system
        ) { $0.preset = redaction.redaction ?? .default }
        Console.note("The camera label “\(name)” was created.")
    }
}

struct LabelGrantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant", abstract: "Let an account see, and by its role send, the pictures of a label.")

    @Argument(help: "The camera label.") var label: String
    @Argument(help: "The account.") var account: String
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        let label = try await instance.label(named: label)
        let account = try await instance.account(named: account)
        try await instance.catalogue.labels.grant(label.id, to: account.id)
        try await instance.audit("label.granted", subject: label.id.string, ["account": account.id.string])
        Console.note("“\(label.name)” is granted to “\(account.name)” (\(account.role.rawValue)).")
    }
}

struct LabelWithdrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "withdraw", abstract: "Take a grant back.")

    @Argument(help: "The camera label.") var label: String
    @Argument(help: "The account.") var account: String
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        let label = try await instance.label(named: label)
        let account = try await instance.account(named: account)
        try await instance.catalogue.labels.withdraw(label.id, from: account.id)
        try await instance.audit("label.withdrawn", subject: label.id.string, ["account": account.id.string])
        Console.note("“\(label.name)” is no longer granted to “\(account.name)”.")
    }
}

struct LabelSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change the policies of a label, for pictures not yet worked on.")

    @Argument(help: "The camera label.") var label: String
    @OptionGroup var redaction: RedactionOptions
    @OptionGroup var originals: OriginalsOptions
    @OptionGroup(title: "First processing") var processing: ProcessingOptions
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        let label = try await instance.label(named: label)
        // Asked before anything is changed: a "no" changes nothing at all.
        try redaction.confirm(for: label.name)
        let isProcessed = try await processing.apply(to: label.name, instance)
        let hasChanged = try await originals.apply(to: label.name, instance) || isProcessed
        guard let preset = redaction.redaction else {
            guard !hasChanged else { return }
            throw Failure(
                .unprocessable,
                "Say what to change: --redaction none, fast, default or thorough, --originals discard, sealed or keep, "
                    + "or --crop and the like.")
        }
        _ = try await LabelAdministration(catalogue: instance.catalogue).update(
            label.id, confirmsNoRedaction: redaction.isConfirmed, by: .system
        ) { $0.preset = preset }
        Console.note("“\(label.name)” is now redacted with the preset \(preset.rawValue).")
    }
}

struct LabelListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the camera labels.")

    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        var table = TextTable(["label", "redaction", "originals", "granted to"])
        for label in try await instance.catalogue.labels.list(viewer: .system) {
            let names = try await instance.catalogue.labels.grantees(label.id).map(\.name)
            table.add([
                label.name, label.redaction.preset.rawValue, label.originals.rawValue, names.joined(separator: ", "),
            ])
        }
        Console.say(table.text)
    }
}

/// The redaction preset, and the confirmation that `none` needs.
struct RedactionOptions: ParsableArguments {
    @Option(help: "How thoroughly faces and plates are hidden: none, fast, default or thorough.")
    var redaction: RedactionPreset?
    @Flag(help: "Confirm --redaction none: faces and plates stay visible.") var confirm = false

    /// To be read after `confirm`: what needs a "yes" has it.
    var isConfirmed: Bool { redaction == RedactionPreset.none }

    /// Asks where the flag is missing; throws `.unprocessable` for any answer but the label.
    func confirm(for label: String) throws {
        guard redaction == RedactionPreset.none, !confirm else { return }
        let answer = Console.ask(
            "Faces and number plates in the pictures of “\(label)” will stay visible. Type the label to confirm: ")
        guard answer == label else {
            throw Failure(
                .unprocessable, "Redaction stays on: add --confirm to leave faces and plates of “\(label)” visible.")
        }
    }
}

extension RedactionPreset: ExpressibleByArgument {}
