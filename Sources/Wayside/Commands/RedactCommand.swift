import ArgumentParser
import Catalogue
import Domain
import Foundation

/// Looks once more for what must be hidden.
struct RedactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redact", abstract: "Look once more for faces and plates in pictures that are there already.",
        discussion: """
            Works beside a running server, which does it after everything else; the pictures stay in sight meanwhile. \
            What people have drawn on a picture stays hidden, and what they have called wrong is left alone. Where the \
            original was not kept, it is looked for in the redacted picture: more can be hidden, nothing is shown again. \
            Interrupting this command does not stop the server's work.
            """)

    @OptionGroup var pictures: PictureScopeOptions
    @Option(help: "How thoroughly: fast, default or thorough (default: as the camera label says).")
    var preset: RedactionPreset?
    @Flag(help: "Queue it and return at once.") var noWait = false
    @OptionGroup var options: DataOptions

    func validate() throws {
        guard preset != RedactionPreset.none else {
            throw ValidationError("The preset none looks for nothing; choose fast, default or thorough.")
        }
    }

    func run() async throws {
        let instance = try await Instance.open(options)
        let scope = try await pictures.scope(instance)
        let corrections = instance.catalogue.corrections
        let count = try await corrections.rerun(scope, preset: preset, by: .system, at: .now)
        guard count > 0 else { throw Failure(.notFound, "There are no prepared pictures to look through.") }
        let kept = try await corrections.originals(scope)
        Console.say("\(count) \(count == 1 ? "picture is" : "pictures are") looked through again.")
        if kept < count {
            Console.say(
                "\(count - kept) of them without the original: more can be hidden there, nothing is shown again.")
        }
        guard instance.settings.data.hasServer else {
            return Console.note("No server is running on this data folder: it is done when one starts.")
        }
        if !noWait { try await follow(scope, count, instance) }
    }

    private func follow(_ scope: PictureScope, _ count: Int, _ instance: Instance) async throws {
        let bar = ProgressBar(total: count)
        defer { bar.end() }
        var left = count
        while left > 0 {
            let waiting = try await instance.catalogue.corrections.waiting(scope)
            bar.advance(by: max(0, left - waiting))
            left = min(left, waiting)
            guard left == 0 || instance.settings.data.hasServer else {
                throw Failure(.unavailable, "The server has stopped; the rest is done when it starts again.")
            }
            if left > 0 { try await Task.sleep(for: .milliseconds(300)) }
        }
        bar.end()
        Console.say("Done.")
    }
}
