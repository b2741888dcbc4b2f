import ArgumentParser
import Delivery
import Domain
import Foundation

/// A lost server, brought back from its backup.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Rebuild the catalogue and all files from a backup route.",
        discussion: """
            FROM is the folder that a backup route has filled, or a file (JSON, 0600) that describes another destination \
            as the API does, with its secrets:

            {"kind": "bucket", "endpoint": "https://s3.example.org", "bucket": "backup", "access_key": "…", \
            "secrets": {"secret_key": "…"}}

            The data folder has to be empty, and the storage that the settings name too. After an interruption run it \
            again: it goes on where it was. Files that the backup lacks, or that are damaged there, are named, and all \
            others restored; the command then ends with status 2. Docs/backup.md says more.
            """)

    @Argument(help: "Where the backup is.") var from: String
    @OptionGroup var options: DataOptions
    @OptionGroup(title: "Storage") var storage: StorageOptions

    func run() async throws {
        let arguments = options.arguments + storage.arguments
        let settings = try await SettingsSources(arguments: arguments).settings()
        let source = try RestoreSource.at(from)
        let restore = Restore(
            settings: settings, source: try await RouteWiring.opening(settings).open(source),
            lost: { Console.note($0) },
            progress: { Console.note("\(Console.count($0, "picture")) looked at") })
        let outcome = try await restore.run()
        Console.say(
            "\(Console.count(outcome.pictures, "picture")), \(Console.count(outcome.files, "file")), "
                + "\(Console.size(outcome.bytes)), as of \(RFC3339.string(outcome.manifest.madeAt))")
        if outcome.unprepared > 0 {
            Console.note(
                "\(Console.count(outcome.unprepared, "picture")) had not been prepared when the backup was made: they "
                    + "are shown as broken, to be sent again.")
        }
        Console.note(
            "Start the server. People sign in with their passwords; tokens are to be made anew, and routes need the "
                + "secrets of their destinations again.")
        guard outcome.lost > 0 else { return }
        Console.note(
            "\(Console.count(outcome.lost, "file")) could not be restored; \(Console.count(outcome.broken, "picture")) "
                + "cannot be looked at for it, and \(outcome.broken == 1 ? "is" : "are") to be sent again.")
        throw ExitCode(2)
    }
}
