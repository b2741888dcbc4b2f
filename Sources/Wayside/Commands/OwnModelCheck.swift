import DarkroomProtocol
import Domain
import Foundation
import Glibc
import Pipeline
import Web

/// Has a darkroom load each of the operator's own models and run it once: the server itself never opens them.
struct OwnModelCheck {
    let settings: Settings

    /// The longest that one model may take, seconds.
    private static let limit = 60

    var folder: ModelFolder { ModelFolder(path: settings.data.models) }

    /// Every manifest of the folder with what became of it; never throws, since a bad model stops nothing else.
    func all() async -> [OwnModelState] {
        var states: [OwnModelState] = []
        for entry in folder.entries() {
            var state = await state(of: entry)
            state.description = (try? entry.manifest.get()).map(Self.description)
            states.append(state)
        }
        return states
    }

    private static func description(_ manifest: ModelManifest) -> OwnModelState.Description {
        .init(
            name: manifest.name, licence: manifest.licence, sha256: manifest.sha256, classes: manifest.classes,
            mayHide: manifest.use == .blur)
    }

    /// The model, if it is good; throws the sentence that says why not.
    func model(named name: String) async throws -> ModelManifest {
        guard !ModelManifest.takenNames.contains(name) else {
            throw Failure(
                .unprocessable,
                "“\(name)” is one of Wayside's own models: it looks at a picture before that is redacted, not after.")
        }
        let manifest = try folder.manifest(named: name)
        for entry in folder.entries() where (try? entry.manifest.get().name) == name {
            let state = await state(of: entry)
            guard state.isGood else { throw Failure(.unprocessable, state.sentence) }
        }
        return manifest
    }

    private func state(of entry: ModelFolder.Entry) async -> OwnModelState {
        do {
            _ = try entry.manifest.get()
            let (status, output) = try await check(entry.file)
            return Self.state(entry.file, status, output)
        } catch let failure as Failure {
            return OwnModelState(file: entry.file, isGood: false, sentence: failure.message)
        } catch {
            return OwnModelState(file: entry.file, isGood: false, sentence: "The model could not be checked.")
        }
    }

    /// What the child said, or how it ended without saying anything.
    private static func state(_ file: String, _ status: End, _ output: String) -> OwnModelState {
        for line in output.split(separator: "\n") {
            if line.hasPrefix("ok: ") { return .init(file: file, isGood: true, sentence: String(line.dropFirst(4))) }
            if line.hasPrefix("fault: ") {
                return .init(file: file, isGood: false, sentence: String(line.dropFirst(7)))
            }
        }
        let sentence =
            switch status {
            case .exited: "The model is refused: the darkroom ended without a word about it."
            case .signalled(SIGALRM): "The model is refused: it takes longer than \(limit) seconds."
            case .signalled(let signal): "The model is refused: the darkroom crashes on it (signal \(signal))."
            }
        return OwnModelState(file: file, isGood: false, sentence: sentence)
    }

    private enum End {
        case exited, signalled(Int32)
    }

    private func check(_ file: String) async throws -> (End, String) {
        let process = Process(), output = Pipe()
        process.executableURL = URL(filePath: settings.darkroom)
        process.arguments =
            settings.darkroomSettings.arguments + ["--check-model", file, "--check-limit", "\(Self.limit)"]
        process.environment = [:]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { process in
                let data = (try? output.fileHandleForReading.readToEnd()) ?? Data()
                let end: End =
                    process.terminationReason == .exit ? .exited : .signalled(process.terminationStatus)
                continuation.resume(returning: (end, String(decoding: data, as: UTF8.self)))
            }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: Failure(.unavailable, "The darkroom does not start.", underlying: error))
            }
        }
    }
}
