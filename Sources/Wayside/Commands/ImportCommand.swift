import ArgumentParser
import Catalogue
import Domain
import Foundation
import Intake

/// Takes a local folder, for example a camera card, as one upload set.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take all pictures of a folder, such as a camera card's DCIM.",
        discussion: """
            Works beside a running server, which prepares the pictures as they come. The folder is left as it is. What \
            is there already is not taken twice, so an import that was interrupted is simply started again.
            """)

    @Argument(help: "The folder; all folders in it count.", completion: .directory) var folder: String
    @Option(help: "The camera label that the pictures belong to.") var label: String
    @Option(help: "The account that owns the pictures (default: the first administrator).") var account: String?
    @Option(help: "The title of the upload set (default: the folder's name).") var title: String?
    @Option(help: "Who may see them: anyone, logged-only, owner-only (default: as the account's uploads).")
    var visibility: Visibility?
    @Flag(help: "Keep pictures that lack their place or time for 30 days, to be told; without it they are refused.")
    var holdUnplaced = false
    @Flag(help: "Wait until the pictures are prepared.") var wait = false
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        let path = URL(filePath: (folder as NSString).expandingTildeInPath).standardizedFileURL.path
        let label = try await instance.label(named: label)
        let owner = try await owner(instance, of: label)
        let files = try FolderWalk(folder: path).files()
        guard !files.isEmpty else { throw Failure(.unprocessable, "There are no files in \(path).") }
        let set = try await openSet(
            UploadSet(
                accountID: owner.id, labelID: label.id, title: title ?? Self.title(of: path),
                estimatedFiles: files.count,
                rules: DispatchRules(relativeHeading: label.mounting.relativeHeading),
                visibility: try await visibility(of: owner, instance),
                metadata: try Self.metadata(path), userAgent: Self.userAgent,
                holdsUnplaced: holdUnplaced),
            instance)
        let report = try await take(files, into: set, instance, as: .account(owner.id, owner.role))
        if report.failed.isEmpty { try await instance.catalogue.uploadSets.complete(set.id, at: .now) }
        Console.say("\(set.title) → “\(label.name)”, upload set \(set.id)")
        Console.say(report.text)
        try await finish(set, report, instance)
        guard report.failed.isEmpty else { throw ExitCode.failure }
    }

    private static let userAgent = "wayside import"

    /// The set that an interrupted import of the same folder left open, else the new one.
    private func openSet(_ new: UploadSet, _ instance: Instance) async throws -> UploadSet {
        let sets = instance.catalogue.uploadSets
        let recent = try await sets.list(
            of: new.accountID, dispatched: false, before: nil, limit: 100, viewer: .system)
        let left = recent.first {
            $0.completedAt == nil && $0.userAgent == new.userAgent && $0.labelID == new.labelID
                && $0.title == new.title && $0.metadata == new.metadata
        }
        guard let left else {
            try await sets.create(new)
            return new
        }
        let edit = UploadSetEdit(
            estimatedFiles: new.estimatedFiles, holdsUnplaced: holdUnplaced ? true : nil)
        try await sets.edit(left.id, edit, by: .system)
        return left
    }

    /// What was said, else what the owner's uploads are for; guests see nothing of an instance that is not public.
    private func visibility(of owner: Account, _ instance: Instance) async throws -> Visibility {
        let isPublic = instance.settings.isPublic
        guard visibility != .anyone || isPublic else {
            throw Failure(.unprocessable, "This instance shows nothing to guests: visibility cannot be 'anyone'.")
        }
        if let visibility { return visibility }
        let usual = try await instance.catalogue.people.defaultVisibility(of: owner.id) ?? .loggedOnly
        return usual == .anyone && !isPublic ? .loggedOnly : usual
    }

    private static func metadata(_ folder: String) throws -> String {
        let text = try JSONSerialization.data(withJSONObject: ["folder": folder], options: .withoutEscapingSlashes)
        return String(decoding: text, as: UTF8.self)
    }

    private func owner(_ instance: Instance, of label: CameraLabel) async throws -> Account {
        if let account {
            let owner = try await instance.account(named: account)
            guard !owner.isDisabled else {
                throw Failure(.forbidden, "The account “\(owner.name)” is disabled.")
            }
            let labels = try await instance.catalogue.labels.grants(of: owner.id)
            guard owner.role.isAdmin || (owner.role.mayUpload && labels.contains { $0.id == label.id }) else {
                throw Failure(.forbidden, "The account “\(owner.name)” may not send pictures to “\(label.name)”.")
            }
            return owner
        }
        let administrators = try await instance.catalogue.accounts.list()
            .filter { $0.role.isAdmin && !$0.isDisabled }
            .sorted { $0.createdAt < $1.createdAt }
        guard let first = administrators.first else {
            throw Failure(.notFound, "There is no administrator to own the pictures; name an account with --account.")
        }
        return first
    }

    /// A few files at a time: while one waits for the disk, another is hashed.
    private func take(_ files: [FolderWalk.File], into set: UploadSet, _ instance: Instance, as viewer: Viewer)
        async throws -> ImportReport
    {
        let intake = try instance.intake()
        let bar = ProgressBar(total: files.count)
        defer { bar.end() }
        return await withTaskGroup(of: (String, Result<IntakeOutcome, any Error>).self) { group in
            var report = ImportReport()
            var waiting = files[...]
            func start() {
                guard let file = waiting.popFirst() else { return }
                group.addTask {
                    do {
                        let outcome = try await intake.receive(
                            fileAt: file.path, as: file.name, into: set, viewer: viewer)
                        return (file.name, .success(outcome))
                    } catch {
                        return (file.name, .failure(error))
                    }
                }
            }
            for _ in 0..<Self.parallel { start() }
            while let (name, result) = await group.next() {
                switch result {
                case .success(let outcome): report.add(name, outcome)
                case .failure(let error): report.add(name, error)
                }
                bar.advance()
                start()
            }
            return report
        }
    }

    private static let parallel = 4

    private func finish(_ set: UploadSet, _ report: ImportReport, _ instance: Instance) async throws {
        guard report.taken > 0 else { return }
        guard instance.settings.data.hasServer else {
            Console.note("No server is running on this data folder: the pictures are prepared when it starts.")
            return
        }
        guard wait else { return }
        let bar = ProgressBar(total: report.taken)
        defer { bar.end() }
        var done = 0
        while true {
            let status = try await instance.catalogue.uploadSets.status(set.id)
            let settled = min(report.taken, status.prepared + status.broken)
            bar.advance(by: max(0, settled - done))
            done = max(done, settled)
            let now = try await instance.catalogue.uploadSets.find(set.id, viewer: .system)
            if status.isSettled, now == nil || now?.dispatchedAt != nil {
                bar.end()
                Console.say("\(status.prepared) prepared, \(status.broken) given up, \(status.rejected) refused")
                if status.held > 0 {
                    Console.say("\(status.held) wait for their place or time: /uploads/\(set.id)/places")
                }
                return
            }
            guard instance.settings.data.hasServer else {
                throw Failure(.unavailable, "The server has stopped; the rest is prepared when it starts again.")
            }
            try await Task.sleep(for: .milliseconds(300))
        }
    }

    /// The folder's name; for `DCIM`, which every card has, that of the folder around it.
    private static func title(of path: String) -> String {
        let components = path.split(separator: "/").map(String.init)
        let names =
            components.last?.uppercased() == "DCIM" ? components.dropLast().suffix(1) + ["DCIM"] : components.suffix(1)
        return names.isEmpty ? "Import" : names.joined(separator: "/")
    }
}

extension Visibility: ExpressibleByArgument {}
