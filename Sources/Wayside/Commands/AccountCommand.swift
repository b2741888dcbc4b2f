import ArgumentParser
import Catalogue
import Domain
import Foundation
import Web

/// Accounts: who signs in and owns pictures.
struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Create, list and delete accounts.",
        subcommands: [
            AccountCreateCommand.self, AccountPasswordCommand.self, AccountListCommand.self, AccountDeleteCommand.self,
        ])
}

struct AccountCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create an account.",
        discussion: """
            Prints a one-time password, unless one is given. Either way it must be replaced at the first login on a page; \
            a token from “wayside token create” works at once.
            """)

    @Argument(help: "The name to sign in with: 1 to 80 characters.") var name: String
    @Option(help: "admin, manager, field or viewer.") var role: Role
    @OptionGroup var password: PasswordOptions
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options, creating: true)
        let name = name.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...80).contains(name.count), !name.unicodeScalars.contains(where: { $0.value < 32 }) else {
            throw Failure(.unprocessable, "An account name has 1 to 80 characters.")
        }
        let (text, isGiven) = try password.read(accountName: name)
        let account = Account(name: name, role: role)
        try await instance.catalogue.accounts.create(account, passwordHash: try await Passwords().hash(text))
        try await instance.audit("account.created", subject: account.id.string, ["role": role.rawValue])
        if !isGiven { Console.say(text) }
        Console.note(
            isGiven
                ? "The account “\(name)” (\(role.rawValue)) was created."
                : "The account “\(name)” (\(role.rawValue)) was created; above is its one-time password.")
    }
}

struct AccountPasswordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password", abstract: "Give an account a new one-time password; it is signed out everywhere.")

    @Argument(help: "The account.") var name: String
    @OptionGroup var password: PasswordOptions
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        let account = try await instance.account(named: name)
        let (text, isGiven) = try password.read(accountName: account.name)
        let hash = try await Passwords().hash(text)
        try await instance.catalogue.accounts.setPassword(account.id, hash: hash, mustChange: true)
        try await instance.catalogue.tokens.revokeAll(of: account.id, purpose: .session, except: nil)
        try await instance.audit("account.password-reset", subject: account.id.string)
        if !isGiven { Console.say(text) }
        Console.note("“\(account.name)” has a new password, to be replaced at the next login.")
    }
}

struct AccountListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the accounts.")

    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        var table = TextTable(["name", "role", "state", "labels"])
        for account in try await instance.catalogue.accounts.list() {
            let labels = try await instance.catalogue.labels.grants(of: account.id).map(\.name)
            let state = account.isDisabled ? "disabled" : account.mustChangePassword ? "one-time password" : "active"
            table.add([
                account.name, account.role.rawValue, state,
                account.role.isAdmin ? "(all)" : labels.joined(separator: ", "),
            ])
        }
        Console.say(table.text)
    }
}

/// Where a new password comes from.
struct PasswordOptions: ParsableArguments {
    @Flag(help: "Read the password from the first line of standard input.") var passwordStdin = false

    func read(accountName: String) throws -> (text: String, isGiven: Bool) {
        guard passwordStdin else { return (OneTimePassword.make(), false) }
        guard let line = readLine(strippingNewline: true), !line.isEmpty else {
            throw Failure(.unprocessable, "There is no password on standard input.")
        }
        try Passwords.checkNew(line, accountName: accountName)
        return (line, true)
    }
}

extension Role: ExpressibleByArgument {}
