import ArgumentParser
import Domain
import Foundation
import Web

/// Checks a receipt for a card, with the key of this instance or, anywhere, with a key that was noted before.
struct ReceiptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt", abstract: "Check that a downloaded receipt for a card is as this server signed it.",
        discussion: """
            The receipt is the JSON that the page of the receipt gives. With --key no data and no server is needed: the \
            key is on the page, and at /api/card_receipts/key.
            """)

    @Argument(help: "The file.", completion: .file()) var file: String
    @Option(help: "The public key of the server that signed it.") var key: String?
    @OptionGroup var options: DataOptions

    func run() async throws {
        let receipt: SignedReceipt
        do {
            let path = (file as NSString).expandingTildeInPath
            receipt = try JSONDecoder().decode(SignedReceipt.self, from: try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw Failure(.invalid, "\(file) cannot be read as a receipt for a card.", underlying: error)
        }
        guard CardSigner.holds(receipt, key: try await publicKey()) else {
            throw Failure(.unprocessable, "The signature does not hold: this is not what the server has signed.")
        }
        Console.say(
            "The receipt holds: \(receipt.files.count) files of “\(receipt.label)”, \(receipt.issuedAt), "
                + (receipt.safeToWipe ? "safe to wipe." : "not safe to wipe."))
    }

    private func publicKey() async throws -> String {
        if let key { return key }
        let settings = try await SettingsSources(arguments: options.arguments).settings()
        guard settings.data.isThere else {
            throw Failure(.notFound, "There is no Wayside data in \(settings.data.path); give --key instead.")
        }
        return try CardSigner(keys: try SecretKeys(folder: settings.data.secrets)).publicKey
    }
}
