import ArgumentParser
import CMalloc
import Domain
import Foundation
import Glibc
import NIOCore

/// Wayside: a private catalogue of street pictures.
@main
struct WaysideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wayside",
        abstract: "A private catalogue of street pictures.",
        discussion: """
            Start the server with “wayside serve”. The other commands work beside it, on the same data folder, and take \
            effect within a second. Every setting can also be given in the environment or in a file: see \
            Docs/configuration.md.
            """,
        version: Version.text,
        subcommands: [
            ServeCommand.self, AccountCommand.self, TokenCommand.self, ReceiptCommand.self, LabelCommand.self,
            ImportCommand.self,
            WatchCommand.self,
            RedactCommand.self, DetectCommand.self, KeysCommand.self, FilterCommand.self, UnsealCommand.self,
            ArchiveCommand.self, RestoreCommand.self, StorageCommand.self, RouteCommand.self, RetentionCommand.self,
            AlertsCommand.self, CheckCommand.self, EvaluateCommand.self,
            SettingsPageCommand.self,
        ])

    static func main() async {
        // Files are private from the moment they exist, and a closed pipe is an error, not the end.
        umask(0o077)
        signal(SIGPIPE, SIG_IGN)
        // A core file would hold what the pictures showed.
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        _ = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        // A heap for every thread would each keep the peak of the uploads that passed through it; two do.
        mallopt(M_ARENA_MAX, 2)
        NIOSingletons.blockingPoolThreadCountSuggestion = max(8, ProcessInfo.processInfo.activeProcessorCount)
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as Failure {
            Console.note("wayside: \(sentence(of: failure))")
            Self.exit(withError: ExitCode.failure)
        } catch {
            Self.exit(withError: error)
        }
    }

    private static func sentence(of failure: Failure) -> String {
        guard let cause = failure.underlying else { return failure.message }
        return "\(failure.message) (\(cause))"
    }
}

/// The version that is shown.
enum Version {
    static let text = "0.1.0"
}
