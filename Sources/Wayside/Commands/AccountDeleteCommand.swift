import ArgumentParser
import Catalogue
import Domain
import Foundation

struct AccountDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete an account with its pictures, or hand them to another account.",
        discussion: """
            The account is signed out everywhere at once and its name is free again. With --with-pictures everything it \
            sent goes too, with all that was derived from it; the running server (or the next to start) removes the \
            files. Prints the number of the receipt, which tells when the last byte is gone. The last administrator \
            cannot be deleted.
            """)

    @Argument(help: "The account.") var name: String
    @Flag(help: "Delete its pictures too.") var withPictures = false
    @Option(help: "The account that its pictures and areas go to.") var handTo: String?
    @Flag(help: "Do not ask.") var yes = false
    @OptionGroup var options: DataOptions

    func run() async throws {
        guard withPictures != (handTo != nil) else {
            throw Failure(
                .unprocessable, "Say what becomes of the pictures: either --with-pictures or --hand-to another account."
            )
        }
        let instance = try await Instance.open(options)
        let account = try await instance.account(named: name)
        let legacy = try await legacy(instance)
        try await confirm(account, instance)
        let receipt = try await instance.catalogue.accounts.delete(account.id, leaving: legacy, by: .system)
        try await instance.audit("account.deleted", subject: account.id.string, ["receipt": receipt.string])
        Console.say(receipt.string)
        Console.note("The account “\(account.name)” is deleted; above is the number of the receipt.")
    }

    private func legacy(_ instance: Instance) async throws -> AccountLegacy {
        guard let handTo else { return .erased }
        return .handedTo(try await instance.account(named: handTo).id)
    }

    private func confirm(_ account: Account, _ instance: Instance) async throws {
        guard !yes else { return }
        let count = try await instance.catalogue.accounts.pictureCount(of: account.id)
        let owned = Console.count(count, "picture")
        let question = "“\(account.name)” owns \(owned). Type the name to delete the account: "
        guard Console.ask(question) == account.name else {
            throw Failure(.unprocessable, "Nothing was deleted: the name was not confirmed (or give --yes).")
        }
    }
}
