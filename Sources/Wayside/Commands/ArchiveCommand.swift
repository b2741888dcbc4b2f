import ArgumentParser
import Domain
import Foundation

/// Everything that a data folder holds, taken away and brought back.
struct ArchiveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive", abstract: "Take everything away as an archive, or bring it back.",
        discussion: """
            An archive is a folder with the whole catalogue and all files of pictures, each with its SHA-256; \
            Docs/archive.md says what is in it. To make one file of it: tar -C FOLDER -cf wayside.tar .

            It holds what the data folder holds: names, hashes of passwords, originals where labels keep them, and \
            pictures that still wait for their redaction. Keep it as safe as the server itself.
            """,
        subcommands: [ArchiveExportCommand.self, ArchiveImportCommand.self])
}

struct ArchiveExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write everything into a new folder.",
        discussion: """
            Works beside a running server: the archive is the catalogue at one moment, with its files. Tokens and \
            the server's secret key stay behind, and so do settings and models. An export that was interrupted \
            leaves a folder that no import takes; run it again and it starts anew.
            """)

    @Argument(help: "The folder of the archive; new or empty.", completion: .directory) var folder: String
    @OptionGroup var options: DataOptions
    @OptionGroup(title: "Storage") var storage: StorageOptions

    func run() async throws {
        let instance = try await Instance.open(options, storage)
        let store = try StoreOpening(settings: instance.settings).open()
        try await instance.audit("archive.exported", subject: "archive")
        let export = ArchiveExport(
            data: instance.settings.data, store: store, migrations: instance.settings.migrationsFolder,
            target: ArchiveFolder(path: ArchivePath.absolute(folder)))
        let manifest = try await export.run()
        Console.say(ArchivePath.summary(manifest))
    }
}

struct ArchiveImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Fill an empty data folder from an archive.",
        discussion: """
            No server may be running on the data folder, and there must be no catalogue in it. All of it is checked \
            on the way: what was altered, cut off, or made to lead elsewhere is refused, and nothing of it stays. \
            After an interruption run it again.
            """)

    @Argument(help: "The folder of the archive.", completion: .directory) var folder: String
    @OptionGroup var options: DataOptions

    func run() async throws {
        let settings = try await SettingsSources(arguments: options.arguments).settings()
        let manifest = try await ArchiveImport(
            data: settings.data, migrations: settings.migrationsFolder, source: ArchivePath.absolute(folder)
        ).run()
        Console.say(ArchivePath.summary(manifest))
        Console.note("Start the server; people sign in with their passwords, and tokens are to be made anew.")
    }
}

/// What both commands say.
enum ArchivePath {
    static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
    }

    static func summary(_ manifest: ArchiveManifest) -> String {
        let accounts = manifest.rows["accounts"] ?? 0
        return "\(Console.count(manifest.pictures, "picture")), \(Console.count(manifest.files, "file")), "
            + "\(Console.size(manifest.bytes)), \(Console.count(accounts, "account")); "
            + "catalogue \(manifest.catalogue.sha256)"
    }
}
