import ArgumentParser
import Domain
import Foundation

/// Judges detection on a labelled folder.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Judge detection on pictures whose faces and plates are known.",
        discussion: """
            Lets a darkroom search every picture that the truth names, and prints how many of the true boxes would be \
            hidden, by their size, and how many redactions are wrong. Needs no server and no catalogue; the pictures need \
            no position or time. Nothing is stored.

            The truth is a COCO file: images (id, file_name), annotations (image_id, category_id, bbox as x, y, width, \
            height in pixels of the upright picture, iscrowd) and categories (id, name: face or plate). What is found in a \
            box with iscrowd 1 counts neither way.
            """)

    @Argument(help: "The folder of the pictures.", completion: .directory) var folder: String
    @Option(help: ArgumentHelp("The true boxes, as COCO writes them.", valueName: "file")) var truth: String
    @Option(help: "How thoroughly to look: fast, default or thorough.") var preset = RedactionPreset.default
    @Option(help: "How many pictures are searched side by side.") var processes = 1
    @Flag(help: "Print JSON, for programs.") var json = false
    @OptionGroup(title: "Places") var options: DataOptions
    @Option(name: SettingKey.darkroom.parserName, help: SettingKey.darkroom.parserHelp) var darkroom: String?
    @Option(name: SettingKey.models.parserName, help: SettingKey.models.parserHelp) var models: String?
    @Option(name: SettingKey.tables.parserName, help: SettingKey.tables.parserHelp) var tables: String?

    func validate() throws {
        guard (1...64).contains(processes) else { throw ValidationError("--processes is a number from 1 to 64.") }
    }

    func run() async throws {
        let given = SettingKey.arguments([(.darkroom, darkroom), (.models, models), (.tables, tables)])
        let settings = try await SettingsSources(arguments: options.arguments + given).settings()
        let truth = try Self.read(truth)
        let pictures = try present(truth.pictures)
        if !truth.ignoredCategories.isEmpty {
            Console.note("Left out: the categories \(truth.ignoredCategories.joined(separator: ", ")).")
        }
        let run = EvaluationRun(
            folder: URL(filePath: (folder as NSString).expandingTildeInPath).standardizedFileURL.path,
            policy: RedactionPolicy(preset: preset), settings: settings, processes: processes)
        let result = try await run.evaluate(pictures)
        for (name, reason) in result.failed { Console.note("\(name): \(reason)") }
        guard !result.seconds.isEmpty else {
            throw Failure(.unprocessable, "Not one picture could be searched.")
        }
        let report = EvaluationReport(
            tally: result.tally, preset: preset, precision: result.precision, seconds: result.seconds)
        Console.say(try json ? report.json() : report.text)
        guard result.failed.isEmpty else { throw ExitCode.failure }
    }

    private static func read(_ path: String) throws -> TruthFile {
        let path = (path as NSString).expandingTildeInPath
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(.unprocessable, "The file \(path) cannot be read.")
        }
        return try TruthFile(data)
    }

    /// The pictures with their paths. Throws when the folder lacks one: a recall over half of them would mean nothing.
    private func present(_ pictures: [LabelledPicture]) throws -> [(path: String, picture: LabelledPicture)] {
        let folder = URL(filePath: (folder as NSString).expandingTildeInPath).standardizedFileURL
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue else {
            throw Failure(.unprocessable, "There is no folder \(folder.path).")
        }
        let found = pictures.map { (path: folder.appending(path: $0.name).path, picture: $0) }
        let missing = found.filter { !FileManager.default.fileExists(atPath: $0.path) }
        if let first = missing.first {
            throw Failure(
                .unprocessable,
                "The folder lacks \(missing.count) of \(Console.count(found.count, "picture")), first \(first.picture.name)."
            )
        }
        guard !found.isEmpty else { throw Failure(.unprocessable, "The truth names no pictures.") }
        return found
    }
}
