import ArgumentParser
import Logging

/// Runs the server until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the server.",
        discussion: """
            Makes the data folder at first start, and then prints the administrator's name with a one-time password. \
            Stops in an orderly way on SIGTERM and SIGINT: pictures in work are finished or put back.
            """)

    @OptionGroup(title: "Places") var options: DataOptions
    @OptionGroup(title: "Settings") var server: ServerOptions

    func run() async throws {
        let sources = SettingsSources(arguments: options.arguments + server.arguments)
        let settings = try await sources.settings()
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        try await Server(settings: settings).run()
    }
}

/// What `wayside serve --help` says; for tests.
package enum ServeHelp {
    package static var text: String { WaysideCommand.helpMessage(for: ServeCommand.self, columns: 100) }
}
