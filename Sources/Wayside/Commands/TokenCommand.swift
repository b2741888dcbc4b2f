import ArgumentParser
import Catalogue
import Domain
import Foundation
import Web

/// Access tokens for scripts and GIS tools.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Create access tokens.", subcommands: [TokenCreateCommand.self])
}

struct TokenCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create a token for an account and print it, alone, on standard output.")

    @Argument(help: "The account whose rights the token has.") var name: String
    @Option(help: "What to recognise the token by.") var description = "made on the command line"
    @Option(help: "How many days it holds, 1 to 3650.") var days = 365
    @OptionGroup var options: DataOptions

    func run() async throws {
        guard (1...3650).contains(days) else { throw Failure(.unprocessable, "A token holds 1 to 3650 days.") }
        let instance = try await Instance.open(options)
        let account = try await instance.account(named: name)
        guard !account.isDisabled else {
            throw Failure(.unprocessable, "The account “\(account.name)” is disabled; its tokens would not hold.")
        }
        let token = AccessToken(
            accountID: account.id, purpose: .api, description: String(description.prefix(200)),
            expiresAt: .now.addingTimeInterval(Double(days) * 86_400))
        let signer = try await TokenSigner(secretsFolder: instance.settings.data.secrets)
        let text = try await signer.sign(token)
        try await instance.catalogue.tokens.insert(token)
        try await instance.audit("token.created", subject: account.id.string, ["token": token.id.string])
        Console.say(text)
    }
}
