import ArgumentParser
import Catalogue
import Domain
import Foundation
import Storage

/// Opens the sealed original of a picture.
struct UnsealCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unseal", abstract: "Open the sealed original of a picture with its private key.",
        discussion: """
            Runs where the private key is, best not on the server:

              wayside unseal PICTURE --from https://pictures.example.org --token-file TOKEN --key KEY --reason WHY --out F
                fetches the ciphertext, which the owner of the picture and administrators may, and opens it here; the \
            server writes account and reason to its audit log
              wayside unseal --sealed FILE --key KEY --out F
                opens a file that was fetched before, without any server
              wayside unseal PICTURE --data FOLDER --key KEY --reason WHY --out F
                opens it on the server itself, in its data folder; this too is written to the audit log

            With --raw it is the picture's raw file instead of its original.

            What was altered, is another picture's or was sealed to another key is refused, and the reason said.
            """)

    @Argument(help: "The picture's id; with --sealed it may be left out, else it is checked.") var picture: String?
    @Option(help: "The private key's file.", completion: .file()) var key: String
    @Option(help: "The file for the original; it must not be there yet.", completion: .file()) var out: String
    @Option(help: "A sealed file to open.", completion: .file()) var sealed: String?
    @Option(help: "The address of a server to fetch the sealed file from.") var from: String?
    @Option(help: "A file with an access token for --from, alone on its first line.", completion: .file())
    var tokenFile: String?
    @Flag(help: "The raw file of the picture, instead of its original.") var raw = false
    @Option(help: "Why it is opened; goes to the server's audit log.") var reason: String?
    @OptionGroup var options: DataOptions
    @OptionGroup(title: "Storage") var storage: StorageOptions

    func run() async throws {
        let opener = OriginalOpener(key: try PrivateSealingKey(fileAt: Self.path(key)))
        let target = Self.path(out)
        guard !FileManager.default.fileExists(atPath: target) else {
            throw Failure(.conflict, "There is already a file \(target).")
        }
        if let sealed {
            try opener.open(Self.path(sealed), of: try picture.map(Self.pictureID), as: raw ? .raw : nil, to: target)
        } else if let from {
            try await fetch(from, opener, to: target)
        } else {
            try await openHere(opener, to: target)
        }
        Console.note("The original is in \(target): unredacted, as the camera made it.")
    }

    private func fetch(_ address: String, _ opener: OriginalOpener, to target: String) async throws {
        guard let tokenFile else { throw Failure(.unprocessable, "Say --token-file with --from.") }
        let download = SealedDownload(address: address, token: try Self.firstLine(of: Self.path(tokenFile)))
        let id = try askedPicture()
        let sealed = Self.passing(beside: target)
        defer { try? FileManager.default.removeItem(atPath: sealed) }
        try await download.fetch(part, of: id, reason: try givenReason(), to: sealed)
        try opener.open(sealed, of: id, as: part, to: target)
    }

    private func openHere(_ opener: OriginalOpener, to target: String) async throws {
        let id = try askedPicture()
        let reason = try givenReason()
        let instance = try await Instance.open(options, storage)
        guard let file = try await instance.catalogue.originals.find(id, part, viewer: .system) else {
            throw Failure(.notFound, "There is no \(noun) of the picture \(id): it was discarded, or never was.")
        }
        guard file.stored.kind == .sealed else {
            throw Failure(.unprocessable, "The \(noun) of this picture is not sealed: it is kept as it is.")
        }
        let sealed = Self.passing(beside: target)
        defer { try? FileManager.default.removeItem(atPath: sealed) }
        let store = try StoreOpening(settings: instance.settings).open()
        try await store.copy(.stored(part, of: id, .sealed), toFileAt: sealed)
        let header = try opener.check(sealed, of: id, as: part)
        guard header.sha256 == file.originalSHA256 else {
            throw Failure(.unprocessable, "The sealed file is not of the bytes that were received for this picture.")
        }
        // Before the bytes are there, so that nobody has them unlogged.
        try await instance.audit(
            "\(part.rawValue).opened", subject: id.string, ["kind": "sealed", "key": header.key, "reason": reason])
        try opener.open(sealed, of: id, as: part, to: target)
    }

    private var part: OriginalPart { raw ? .raw : .original }
    private var noun: String { raw ? "raw file" : "original" }

    /// A name that nothing has yet, so that nothing that is there is lost: `photo.jpg.sealed` may be the only ciphertext.
    private static func passing(beside target: String) -> String { "\(target).\(PictureID()).sealed" }

    private func askedPicture() throws -> PictureID {
        guard let picture else { throw Failure(.unprocessable, "Say which picture: its id.") }
        return try Self.pictureID(picture)
    }

    private func givenReason() throws -> String {
        let text = (reason ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...500).contains(text.count) else {
            throw Failure(.unprocessable, "Say why, in up to 500 characters: --reason TEXT. It goes to the audit log.")
        }
        return text
    }

    private static func pictureID(_ text: String) throws -> PictureID {
        guard let id = PictureID(text) else { throw Failure(.unprocessable, "“\(text)” is not the id of a picture.") }
        return id
    }

    private static func path(_ text: String) -> String {
        URL(filePath: (text as NSString).expandingTildeInPath).standardizedFileURL.path
    }

    private static func firstLine(of path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path),
            let line = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).first
        else { throw Failure(.unprocessable, "There is no token in \(path).") }
        return line.trimmingCharacters(in: .whitespaces)
    }
}
