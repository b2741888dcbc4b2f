import ArgumentParser
import Catalogue
import DarkroomProtocol
import Domain
import Foundation

/// Asks one of the operator's own models about pictures that are prepared.
struct DetectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detect", abstract: "Run one of your own models over prepared pictures.",
        discussion: """
            The model is an ONNX file with a manifest beside it in the folder “models” of the data folder; see \
            Docs/own-models.md. It looks at the pictures as they are shown, that is redacted. What it finds replaces what \
            the same model had found before, and nothing else; nothing is redacted by it. The running server does the work; \
            it may be interrupted and goes on by itself.
            """)

    @Option(help: "The model, by the name in its manifest.") var model: String
    @OptionGroup var pictures: PictureScopeOptions
    @Flag(help: "Return at once; the server goes on.") var noWait = false
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        let scope = try await pictures.scope(instance)
        let manifest = try await OwnModelCheck(settings: instance.settings).model(named: model)
        let count = try await instance.catalogue.detections.queue(manifest.name, on: scope, at: .now)
        guard count > 0 else { throw Failure(.notFound, "There is no prepared picture to look at.") }
        guard instance.settings.data.hasServer else {
            return Console.note(
                "No server is running on this data folder: \(Console.count(count, "picture")) wait until it starts.")
        }
        guard !noWait else { return Console.note("\(Console.count(count, "picture")) are looked at.") }
        try await wait(for: manifest.name, count, instance)
        try await report(manifest.name, count, scope, instance)
    }

    private func wait(for model: String, _ count: Int, _ instance: Instance) async throws {
        let bar = ProgressBar(total: count)
        defer { bar.end() }
        var done = 0
        while true {
            let left = try await instance.catalogue.detections.waiting(for: model)
            bar.advance(by: max(0, count - left - done))
            done = max(done, count - left)
            guard left > 0 else { return }
            guard instance.settings.data.hasServer else {
                throw Failure(
                    .unavailable,
                    "The server has stopped; \(Console.count(left, "picture")) wait until it starts again.")
            }
            try await Task.sleep(for: .milliseconds(300))
        }
    }

    private func report(
        _ model: String, _ count: Int, _ scope: PictureScope, _ instance: Instance
    ) async throws {
        let store = instance.catalogue.detections
        let found = try await store.counts(of: model, on: scope).sorted { $0.key < $1.key }
        let failures = try await store.failures(of: model, on: scope).sorted { $0.key < $1.key }
        let failed = failures.reduce(0) { $0 + $1.value }
        Console.say("\(Console.count(count - failed, "picture")) looked at by “\(model)”")
        for (name, number) in found { Console.say(Self.row(number, name)) }
        if found.isEmpty { Console.say(Self.row(0, "findings")) }
        guard failed > 0 else { return }
        for (reason, number) in failures { Console.note(Self.row(number, "not looked at: \(reason)")) }
        throw ExitCode.failure
    }

    private static func row(_ number: Int, _ text: String) -> String {
        let digits = "\(number)"
        return String(repeating: " ", count: max(0, 6 - digits.count)) + "\(digits)  \(text)"
    }
}
