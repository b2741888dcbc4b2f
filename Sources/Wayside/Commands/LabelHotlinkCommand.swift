import ArgumentParser
import Catalogue
import Domain
import Web

struct LabelHotlinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hotlink", abstract: "Show the newest picture of a label to everybody, or to nobody any more.",
        discussion: """
            on   Everybody who can reach the server sees the newest picture of the label at \
            /hotlink/LABEL/1920x1280.jpg, 1280x720.jpg and 640x480.jpg, without a login, and each newer one that comes. \
            What is hidden in it stays hidden; pictures for their owner only, reported, in an excluded area or waiting \
            for something to be hidden are never shown.
            off  Nobody does any more, at once. This is what a new label is.
            """)

    enum Change: String, ExpressibleByArgument, CaseIterable { case on, off }

    @Argument(help: "The camera label.") var label: String
    @Argument(help: "on or off; without it the command says how it is.") var change: Change?
    @Option(help: "Show a placeholder when the newest picture is older than so many minutes; 0: however old it is.")
    var newestWithinMinutes: Int?
    @Flag(help: "Confirm on: everybody may see the pictures.") var confirm = false
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        let label = try await instance.label(named: label)
        let before = try await instance.catalogue.hotlinks.find(label.id)
        guard change != nil || newestWithinMinutes != nil else { return say(before, of: label) }
        var seconds = before.newestWithin
        if let minutes = newestWithinMinutes {
            seconds = minutes == 0 ? nil : minutes.multipliedReportingOverflow(by: 60).partialValue
        }
        let after = try Hotlink(isEnabled: change.map { $0 == .on } ?? before.isEnabled, newestWithin: seconds)
        if after.isEnabled, !before.isEnabled { try askFor(label.name) }
        try await HotlinkAdministration(catalogue: instance.catalogue).set(
            after, of: label.id, confirmsPublic: true, by: .system)
        say(after, of: label)
    }

    private func askFor(_ label: String) throws {
        guard !confirm else { return }
        let answer = Console.ask("Everybody will see the newest picture of “\(label)”. Type the label to confirm: ")
        guard answer == label else {
            throw Failure(.unprocessable, "Nothing was published: add --confirm to show “\(label)” to everybody.")
        }
    }

    private func say(_ hotlink: Hotlink, of label: CameraLabel) {
        guard hotlink.isEnabled else {
            return Console.note("“\(label.name)” has no hotlink: it shows nothing to everybody.")
        }
        let limit = hotlink.newestWithin.map { ", if it is up to \(Console.count($0 / 60, "minute")) old" } ?? ""
        Console.note("Everybody sees the newest picture of “\(label.name)”\(limit), at")
        for path in HotlinkAdministration.paths(of: label) { Console.say(path) }
    }
}
