import ArgumentParser
import COpenCV
import Foundation
import Glibc

/// The darkroom process: reads requests as JSON lines from standard input, answers each with one line on standard output.
@main
struct DarkroomCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wayside-darkroom",
        abstract: "Treats pictures for Wayside: reads tags, hides faces and number plates, makes derivatives.",
        discussion: """
            Started by the server. Reads one request a line from standard input and writes one reply a line to \
            standard output, until standard input ends.
            """)

    @Option(help: ArgumentHelp("Folder of the detection models.", valueName: "folder"))
    var models: String

    @Option(help: ArgumentHelp("Folder of the camera and time-zone tables.", valueName: "folder"))
    var tables: String

    @Option(help: ArgumentHelp("Folder of received files, which may be read.", valueName: "folder"))
    var staging: String?

    @Option(help: ArgumentHelp("Folder in which files may be written.", valueName: "folder"))
    var working: String?

    @Option(help: ArgumentHelp("Compute in bf16 or f32 instead of what is faster here.", valueName: "precision"))
    var precision: Precision?

    @Option(help: ArgumentHelp("Folder of the operator's own models; it is only read.", valueName: "folder"))
    var ownModels: String?

    @Option(
        help: ArgumentHelp(
            "Check one of the operator's own models by its manifest: say what was found, and exit with 0 or 1.",
            valueName: "file"))
    var checkModel: String?

    @Option(help: ArgumentHelp("The longest that --check-model may take.", valueName: "seconds"))
    var checkLimit: UInt32 = 60

    @Option(help: ArgumentHelp("The font of legends.", valueName: "file"))
    var font = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"

    @Flag(
        help: """
            Try to get past this process's own walls, load the models, run each once, say what was found, and exit \
            with 0 or 1.
            """)
    var check = false

    @Option(help: ArgumentHelp("With --check: a file that must not be readable.", valueName: "file"))
    var forbidden: String?

    func run() throws {
        SingleThread.ensure()
        ProcessLimits.apply()
        let places = Places(
            readable: [models, tables] + [staging, ownModels].compactMap(\.self),
            writable: [working].compactMap(\.self))
        // Behind the walls it could not be read.
        let letters = try? Data(contentsOf: URL(filePath: font))
        let walls = Walls.raise(around: places)
        guard ws_cv_set_up() != 0 else { throw ExitCode.failure }
        let treatment = try Treatment(
            models: URL(filePath: models, directoryHint: .isDirectory),
            tables: URL(filePath: tables, directoryHint: .isDirectory),
            ownModels: ownModels.map { URL(filePath: $0, directoryHint: .isDirectory) }, precision: precision,
            font: letters.flatMap { LegendFont($0) })
        if let checkModel {
            // A model that never comes to an end is ended by the kernel, whoever waits for it.
            alarm(checkLimit)
            let finding = treatment.checkModel(manifest: checkModel)
            print(finding)
            throw finding.kind == .good ? ExitCode.success : ExitCode.failure
        }
        if check {
            let attempts = EscapeAttempt.all(places: places, forbidden: forbidden).map { $0.made(behind: walls) }
            let findings = walls.findings + attempts + treatment.check()
            for finding in findings { print(finding) }
            throw findings.contains { $0.kind == .fault } ? ExitCode.failure : ExitCode.success
        }
        walls.complain()
        try Conversation(treatment: treatment).run()
    }
}

extension Precision: ExpressibleByArgument {}
