import ArgumentParser
import Catalogue
import Domain
import Logging
import Pipeline
import Storage
import Web

struct LabelOriginalsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "originals", abstract: "Say what becomes of a label's originals, for pictures not yet prepared.",
        discussion: """
            discard  Once a picture is prepared, no unredacted byte of it is left on the server. What was hidden by \
            mistake cannot be shown again. This is what a new label does.
            sealed   The original is encrypted to a key whose private half is not on the server. The server cannot open \
            it, whoever gets hold of it; the holder of the private key can, with “wayside unseal”.
            keep     The original stays on the server as it was received. Its owner and administrators can fetch it; \
            whoever gets hold of the disk has every face on it.

            Raw files (NEF, CR2, ARW, DNG …) show faces as originals do, and what becomes of them is the same: under \
            discard one that comes with its JPEG is refused, and one that comes alone goes once its picture is made. \
            With --no-raw the label takes JPEG files only, whatever the policy.

            A change holds for new pictures. What is stored already stays as it is; “wayside label discard-originals” \
            lets it go.
            """)

    @Argument(help: "The camera label.") var label: String
    @Argument(help: "discard, sealed or keep.") var policy: OriginalsPolicy
    @Option(help: "For sealed: a registered key's name or id, or a public key.") var key: String?
    @Option(help: "For sealed and keep: discard each original after so many days (default: with its picture).")
    var days: Int?
    @Flag(inversion: .prefixedNo, help: "Take raw files; with --no-raw JPEG files only (default: as before).")
    var raw: Bool?
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        try await OriginalsOptions.set(.init(policy: policy, key: key, days: days, takesRaw: raw), of: label, instance)
    }
}

struct LabelDiscardOriginalsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard-originals", abstract: "Let go of all sealed and kept originals of a label, for good.",
        discussion: "The pictures stay. What becomes of new originals is left as it is: “wayside label originals”.")

    @Argument(help: "The camera label.") var label: String
    @Flag(help: "Do not ask.") var confirm = false
    @OptionGroup var options: DataOptions
    @OptionGroup(title: "Storage") var storage: StorageOptions

    func run() async throws {
        let instance = try await Instance.open(options, storage)
        // Before anything is let go of: are they there at all?
        let store = try StoreOpening(settings: instance.settings).open()
        let label = try await instance.label(named: label)
        let count = try await instance.catalogue.originals.count(of: label.id)
        try requireConfirmation(label.name, count)
        let gone = try await OriginalsAdministration(catalogue: instance.catalogue)
            .discardStored(of: label.id, by: .system)
        // A running server would do it in a few seconds; there may be none.
        let janitor = Janitor(
            catalogue: instance.catalogue, store: store,
            staging: try StagingFolder(path: instance.settings.data.staging), logger: Logger(label: "wayside"))
        _ = try await janitor.removeExpiredOriginals()
        Console.note("\(Console.count(gone, "original")) of “\(label.name)” \(gone == 1 ? "is" : "are") discarded.")
    }

    private func requireConfirmation(_ label: String, _ count: Int) throws {
        guard !confirm else { return }
        let what = Console.count(count, "original")
        guard Console.ask("\(what) of “\(label)” will be gone for good. Type the label to confirm: ") == label else {
            throw Failure(.unprocessable, "Nothing was discarded: add --confirm to discard \(what) of “\(label)”.")
        }
    }
}

/// What `label set` takes about originals.
struct OriginalsOptions: ParsableArguments {
    @Option(help: "What becomes of originals: discard, sealed or keep; see “wayside help label originals”.")
    var originals: OriginalsPolicy?
    @Option(help: "For --originals sealed: a registered key's name or id, or a public key.") var sealKey: String?
    @Option(help: "For --originals sealed or keep: discard each original after so many days.") var originalsDays: Int?

    /// Does what was asked for; false when nothing was.
    func apply(to label: String, _ instance: Instance) async throws -> Bool {
        guard let originals else {
            guard sealKey == nil, originalsDays == nil else {
                throw Failure(.unprocessable, "Say --originals sealed or keep with --seal-key and --originals-days.")
            }
            return false
        }
        try await Self.set(.init(policy: originals, key: sealKey, days: originalsDays), of: label, instance)
        return true
    }

    static func set(_ wish: OriginalsAdministration.Wish, of name: String, _ instance: Instance) async throws {
        let label = try await instance.label(named: name)
        let rule = try await OriginalsAdministration(catalogue: instance.catalogue)
            .setRule(wish, of: label.id, by: .system)
        Console.note("New originals of “\(label.name)” \(try await outcome(of: rule, instance)).")
        if !rule.takesRaw { Console.note("Raw files are refused.") }
        let stored = try await instance.catalogue.originals.count(of: label.id)
        guard stored > 0, rule.policy == .discard else { return }
        Console.note(
            "\(Console.count(stored, "original")) stored before stay: “wayside label discard-originals” lets them go.")
    }

    private static func outcome(of rule: OriginalsRule, _ instance: Instance) async throws -> String {
        let limit = rule.days.map { " for \(Console.count($0, "day"))" } ?? ""
        switch rule.policy {
        case .discard: return "are discarded once a picture is prepared"
        case .keep: return "are kept as they are\(limit), for their owner and administrators"
        case .sealed:
            let name = try await instance.catalogue.sealingKeys.find(rule.keyID ?? "")?.name ?? ""
            return "are sealed to the key “\(name)”\(limit)"
        }
    }
}

extension OriginalsPolicy: ExpressibleByArgument {}
