import ArgumentParser
import COpenCV
import Foundation

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

    @Flag(help: "Load the models, run each once, say what was found, and exit with 0 or 1.")
    var check = false

    func run() throws {
        ProcessLimits.apply()
        guard ws_cv_set_up() != 0 else { throw ExitCode.failure }
        let treatment = try Treatment(
            models: URL(filePath: models, directoryHint: .isDirectory),
            tables: URL(filePath: tables, directoryHint: .isDirectory))
        if check {
            let findings = treatment.check()
            for finding in findings { print(finding) }
            throw findings.allSatisfy(\.isGood) ? ExitCode.success : ExitCode.failure
        }
        try Conversation(treatment: treatment).run()
    }
}
