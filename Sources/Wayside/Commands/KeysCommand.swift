import ArgumentParser
import Catalogue
import Domain
import Foundation
import Storage
import Web

/// Keys that originals are sealed to. The server only ever knows the public halves.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make, register and list the keys that originals are sealed to.",
        discussion: """
            Whoever is to be able to open sealed originals runs “wayside keys generate” on a machine of their own, keeps \
            the file, and passes the public key that it prints to an administrator.
            """,
        subcommands: [KeysGenerateCommand.self, KeysAddCommand.self, KeysListCommand.self], aliases: ["key"])
}

struct KeysGenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Make a key pair: the private key goes to a file, the public key is printed.",
        discussion: """
            Works on any machine, without data or server. The private key is written to the file alone (readable by you \
            alone) and is shown nowhere. Without it nobody can open what was sealed to it: keep a copy in a safe place.
            """,
        aliases: ["create"])

    @Option(help: "The file for the private key; it must not be there yet.", completion: .file()) var out: String
    @OptionGroup var options: DataOptions

    func run() async throws {
        let path = URL(filePath: (out as NSString).expandingTildeInPath).standardizedFileURL.path
        try await refuseDataFolder(path)
        let key = PrivateSealingKey()
        try key.write(to: path)
        Console.say(key.publicKey.text)
        Console.note("The private key is in \(path); above is its public key, with the id \(key.publicKey.id).")
    }

    /// A key beside what it opens would protect nothing.
    private func refuseDataFolder(_ path: String) async throws {
        guard let settings = try? await SettingsSources(arguments: options.arguments).settings() else { return }
        let folder = URL(filePath: path).deletingLastPathComponent().resolvingSymlinksInPath().path
        let data = URL(filePath: settings.data.path).resolvingSymlinksInPath().path
        guard "\(folder)/".hasPrefix("\(data)/") else { return }
        throw Failure(.unprocessable, "\(data) is the server's data folder: a private key must not be kept there.")
    }
}

struct KeysAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Register a public key, so that labels can seal originals to it.")

    @Argument(help: "What to call it: who holds the private key.") var name: String
    @Argument(help: "The public key: wayside-public: and 43 characters.") var publicKey: String
    @OptionGroup var options: DataOptions

    func run() async throws {
        // Before the data folder is touched: a private key goes no further.
        _ = try PublicSealingKey(publicKey)
        let instance = try await Instance.open(options)
        let key = try await OriginalsAdministration(catalogue: instance.catalogue)
            .addKey(name: name, publicKey: publicKey, by: .system)
        Console.note("“\(key.name)” has the id \(key.id).")
    }
}

struct KeysListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the registered public keys.")

    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        var table = TextTable(["name", "id", "public key"])
        for key in try await instance.catalogue.sealingKeys.list() { table.add([key.name, key.id, key.publicKey]) }
        Console.say(table.text)
    }
}
