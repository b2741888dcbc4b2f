import ArgumentParser
import Catalogue
import Domain
import Web

struct LabelMountingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mounting", abstract: "Say how the camera of a label is mounted and its clock is set.",
        discussion: """
            For batches and pictures that come from now on. Without an option the command says how it is; "none" leaves \
            it to the pictures' own tags.
            """)

    @Argument(help: "The camera label.") var label: String
    @Option(
        help:
            "Degrees clockwise from the direction of movement to where the camera looks, -180 to 180 (90: to the right)."
    )
    var relativeHeading: String?
    @Option(help: "The zone whose time the clock shows where a picture does not say, such as Europe/Paris or UTC.")
    var clockZone: String?
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        let label = try await instance.label(named: label)
        guard relativeHeading != nil || clockZone != nil else { return say(label) }
        let before = label.mounting
        let after = try CameraMounting(
            relativeHeading: try relativeHeading.map(Self.degrees) ?? before.relativeHeading,
            clockZone: clockZone.map { $0 == Self.none ? nil : $0 } ?? before.clockZone)
        say(try await LabelAdministration(catalogue: instance.catalogue).mount(label.id, after, by: .system))
    }

    private static let none = "none"

    private static func degrees(_ text: String) throws -> Double? {
        guard text != none else { return nil }
        guard let degrees = Double(text) else {
            throw Failure(.unprocessable, "--relative-heading takes degrees, such as 90, or none.")
        }
        return degrees
    }

    private func say(_ label: CameraLabel) {
        let mounting = label.mounting
        let heading = mounting.relativeHeading.map { "\($0)° from the direction of movement" } ?? "as the pictures say"
        let clock = mounting.clockZone ?? "that of the place, where the pictures do not say"
        Console.note("“\(label.name)”: headings \(heading); the clock shows the time of \(clock).")
    }
}
