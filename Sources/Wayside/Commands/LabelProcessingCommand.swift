import ArgumentParser
import Catalogue
import Domain
import Foundation
import Web

struct LabelProcessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "process",
        abstract: "Make the pictures of a label that are here anew, as its first processing says now.",
        discussion: """
            “wayside label set” changes crop, rotation, size, legend and logo for pictures that come. This has the \
            running server make those that are here anew too, where their original is kept. What was drawn on them \
            (corrections, annotations) goes along. Pictures without an original stay as they are.
            """)

    @Argument(help: "The camera label.") var label: String
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        let label = try await instance.label(named: label)
        let reach = try await ProcessingAdministration(catalogue: instance.catalogue).rerun(label.id, by: .system)
        Console.note("\(Console.count(reach.owed, "picture")) of “\(label.name)” will be made anew.")
        guard reach.kept > 0 else { return }
        Console.note("\(Console.count(reach.kept, "picture")) stay as they are: their original is not here.")
    }
}

/// What `label set` takes about the first processing.
struct ProcessingOptions: ParsableArguments {
    @Option(
        help: """
            Keep this part: x,y,width,height in pixels, or as parts such as 0.1,0,0.8,1.0, of the picture once it is \
            turned and straightened; none.
            """)
    var crop: String?
    @Option(help: "Turn clockwise by 0, 90, 180 or 270 degrees.") var rotation: String?
    @Option(help: "Straighten: turn clockwise by -45 to 45 degrees.") var straighten: String?
    @Option(help: "Make smaller to fit, such as 1920x1280; none.") var fit: String?
    @Option(help: "Write on pictures: label,time,place or some of these; none.") var legend: String?
    @Option(help: "A text in front of the legend.") var legendText: String?
    @Option(help: "top-left, top-right, bottom-left or bottom-right.") var legendCorner: String?
    @Option(help: "On which files: hd,sd,thumb,rendition,hotlink or some of these.") var legendOn: String?
    @Option(help: "A PNG file to draw on pictures; none.") var logo: String?
    @Option(help: "On which files: hd,sd,thumb,rendition,hotlink or some of these; none.") var logoOn: String?
    @Option(help: "top-left, top-right, bottom-left or bottom-right.") var logoCorner: String?
    @Option(help: "Its part of the picture's width, 0.02 to 0.5.") var logoWidth: String?

    private var settings: [ProcessingSetting: String] {
        let all: [(ProcessingSetting, String?)] = [
            (.crop, crop), (.rotation, rotation), (.straighten, straighten), (.fit, fit), (.legend, legend),
            (.legendText, legendText), (.legendCorner, legendCorner), (.legendFiles, legendOn),
            (.logoFiles, logoOn), (.logoCorner, logoCorner), (.logoWidth, logoWidth),
        ]
        return all.reduce(into: [:]) { settings, pair in
            if let text = pair.1 { settings[pair.0] = text }
        }
    }

    /// Does what was asked for; false when nothing was.
    func apply(to name: String, _ instance: Instance) async throws -> Bool {
        guard !settings.isEmpty || logo != nil else { return false }
        let label = try await instance.label(named: name)
        let rule = try await ProcessingAdministration(catalogue: instance.catalogue).change(
            label.id, settings, logo: try logo.map(file), by: .system)
        Console.note("New pictures of “\(label.name)” are processed so:")
        for setting in ProcessingSetting.allCases { Console.note("  \(setting.rawValue): \(setting.text(of: rule))") }
        return true
    }

    private func file(_ path: String) throws -> Data {
        guard path != ProcessingSetting.none else { return Data() }
        guard let data = FileManager.default.contents(atPath: path), !data.isEmpty else {
            throw Failure(.notFound, "The logo \(path) cannot be read.")
        }
        return data
    }
}
