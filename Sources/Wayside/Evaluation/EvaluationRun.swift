import DarkroomProtocol
import Domain
import Foundation
import Logging
import Pipeline

/// Searches labelled pictures in darkroom children of its own.
struct EvaluationRun {
    struct Result {
        var tally = Tally()
        var precision = ""
        /// Processor seconds, one for each picture that was searched.
        var seconds: [Double] = []
        /// Names and reasons.
        var failed: [(name: String, reason: String)] = []
    }

    /// Absolute path of the pictures' folder: the darkroom may read there and nowhere else.
    let folder: String
    let policy: RedactionPolicy
    let settings: Settings
    let processes: Int

    func evaluate(_ pictures: [(path: String, picture: LabelledPicture)]) async throws -> Result {
        guard FileManager.default.isExecutableFile(atPath: settings.darkroom) else {
            throw Failure(.notFound, "There is no program \(settings.darkroom).")
        }
        let working = FileManager.default.temporaryDirectory.appending(path: "wayside-evaluate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: working, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: working) }
        let pool = DarkroomPool(
            settings: DarkroomSettings(
                executable: settings.darkroom, modelsFolder: settings.modelsFolder,
                tablesFolder: settings.tablesFolder,
                // The operator's own models have no part in this.
                ownModelsFolder: working.path, stagingFolder: folder, workingFolder: working.path,
                children: processes, maximumPixels: settings.maximumPixels),
            logger: Logger(label: "wayside.evaluate"))
        return await withTaskGroup(of: Void.self) { group in
            group.addTask { await pool.run() }
            defer { pool.close() }
            return await search(pictures, in: pool)
        }
    }

    private func search(_ pictures: [(path: String, picture: LabelledPicture)], in pool: DarkroomPool) async -> Result {
        let bar = ProgressBar(total: pictures.count)
        defer { bar.end() }
        return await withTaskGroup(of: (LabelledPicture, Answer).self) { group in
            var waiting = pictures.enumerated().makeIterator()
            func askNext() {
                guard let (index, next) = waiting.next() else { return }
                group.addTask { (next.picture, await answer(next.path, Int64(index), pool)) }
            }
            for _ in 0..<processes { askNext() }
            var result = Result()
            for await (picture, answer) in group {
                result.take(answer, of: picture)
                bar.advance()
                askNext()
            }
            return result
        }
    }

    fileprivate enum Answer: Sendable {
        case looked(TreatmentReply.Look)
        case failed(String)
    }

    private func answer(_ path: String, _ id: Int64, _ pool: DarkroomPool) async -> Answer {
        let request = TreatmentRequest(
            id: id, work: .look, source: path, outputFolder: nil, policy: policy, maximumPixels: settings.maximumPixels)
        do {
            switch try await pool.treat(request) {
            case .looked(let look): return .looked(look)
            case .rejected(let rejection): return .failed(rejection.message)
            case .failed(let reason): return .failed(reason)
            default: return .failed(DarkroomFault.unintelligible.message)
            }
        } catch {
            return .failed((error as? DarkroomFault)?.message ?? "The darkroom has ended.")
        }
    }
}

extension EvaluationRun.Result {
    fileprivate mutating func take(_ answer: EvaluationRun.Answer, of picture: LabelledPicture) {
        switch answer {
        case .looked(let look):
            tally.add(picture.boxes, redactions: look.redactions)
            precision = look.precision
            seconds.append(look.processorSeconds)
        case .failed(let reason): failed.append((picture.name, reason))
        }
    }
}
