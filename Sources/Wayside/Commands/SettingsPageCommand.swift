import ArgumentParser

/// Prints `Docs/configuration.md`.
struct SettingsPageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings-page", abstract: "Print the list of settings as Markdown.", shouldDisplay: false)

    func run() { print(SettingsPage.text, terminator: "") }
}
