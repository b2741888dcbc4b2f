import Catalogue
import DarkroomProtocol
import Domain
import Foundation
import Logging
import Storage

extension JobRunner {
    /// The operator's models whose findings the policy hides. One that turns out to be bad holds the picture up:
    /// it is not shown unredacted.
    func hidingModels(by policy: RedactionPolicy) async throws -> [ModelManifest] {
        try await BlockingWork.run { [models] in
            models.manifests().filter { $0.use == .blur && $0.classes.contains(where: policy.hides) }
        }
    }

    /// The operator's models that are asked about every picture once it is prepared, by name.
    func notingModels() async throws -> [String] {
        try await BlockingWork.run { [models] in models.manifests().filter { $0.use == .metadata }.map(\.name) }
    }

    /// Runs one of the operator's own models on a prepared picture as it is shown; its findings replace those it had.
    func detect(_ id: PictureID, _ model: String, _ job: Job) async throws {
        guard let picture = try await catalogue.pictures.find(id, viewer: .system), picture.status == .prepared else {
            return try await catalogue.jobs.drop(job)
        }
        let manifest: ModelManifest
        do {
            manifest = try await BlockingWork.run { [models] in try models.manifest(named: model) }
        } catch let failure as Failure {
            return try await catalogue.detections.failed(model, on: id, reason: failure.message, ending: job)
        }
        let folder = try await folders.make()
        do {
            try await detect(picture, manifest, in: folder, job)
        } catch {
            await folders.remove(folder)
            throw error
        }
        await folders.remove(folder)
    }

    private func detect(_ picture: Picture, _ manifest: ModelManifest, in folder: String, _ job: Job) async throws {
        let source = "\(folder)/hd.jpg"
        do {
            try await store.copy(
                .derivative(picture.id, revision: picture.revision, .hd), toFileAt: source)
        } catch let failure as Failure where failure.code == .notFound {
            // Made anew or deleted meanwhile: the next attempt sees which.
            throw Failure(.unavailable, "The picture's file is not there.", underlying: failure)
        }
        let request = TreatmentRequest(
            id: requests.next(), work: .detect, source: source, outputFolder: nil,
            policy: RedactionPolicy(), maximumPixels: settings.darkroom.maximumPixels, tags: picture.tags,
            models: [manifest])
        switch try await pool.treat(request) {
        case .detected(let findings):
            guard findings.count == 1, let found = findings.first, found.model == manifest.name else {
                throw DarkroomFault.unintelligible
            }
            try await catalogue.detections.detected(found, on: picture.id, ending: job)
        case .failed(let message): throw DarkroomFault.unable(message)
        case .rejected(let rejection): throw DarkroomFault.unable(rejection.message)
        case .inspected, .developed, .looked, .rendered: throw DarkroomFault.unintelligible
        }
    }

    /// A picture that a model cannot be run on is as good as before: what is given up is the run.
    func retryOrGiveUp(_ model: String, on picture: PictureID, _ error: any Error, _ job: Job) async throws {
        let message = Self.message(of: error)
        guard job.attempt >= settings.attempts else {
            let delay = settings.delay(attempt: job.attempt, counts: true)
            return try await retry(job, after: delay, counts: true, message, error)
        }
        try await catalogue.detections.failed(model, on: picture, reason: message, ending: job)
        logger.warning(
            "A model could not be run on a picture",
            metadata: ["picture": "\(picture)", "model": "\(model)", "error": "\(Logger.text(of: error))"])
    }
}
