import Catalogue
import DarkroomProtocol
import Domain
import Foundation
import Glibc
import Storage

extension JobRunner {
    /// Reads a picture's tags: it becomes known where and when it was taken; or it is held until
    /// somebody says so, or refused.
    func inspect(_ id: PictureID, _ job: Job) async throws {
        guard let treatment = try await catalogue.pictures.treatment(id) else {
            return try await catalogue.jobs.drop(job)
        }
        guard let staged = try await stagedName(of: treatment, job) else { return }
        switch try await pool.treat(request(.inspect, treatment, staged, outputFolder: nil)) {
        case .inspected(let tags):
            let rejection = try await catalogue.pictures.inspected(id, tags: tags, ending: job)
            if rejection != nil { try await staging.remove(staged) }
        case .rejected(let rejection):
            let end = clock.now() + HeldPicture.lifetime
            if try await catalogue.heldPictures.hold(id, rejection, until: end, ending: job) { return }
            try await reject(id, rejection.withoutCameraTime, staged, job)
        case .failed(let message): throw DarkroomFault.unable(message)
        case .developed, .looked, .detected, .rendered: throw DarkroomFault.unintelligible
        }
    }

    /// The picture goes first: a file without one is found by the janitor, a picture without its file by nobody.
    func reject(_ id: PictureID, _ rejection: Rejection, _ staged: String, _ job: Job) async throws {
        try await catalogue.pictures.rejected(id, rejection, ending: job)
        try await staging.remove(staged)
        // An earlier attempt may have come as far as this.
        try await store.delete(prefix: ObjectKey.originalPrefix(of: id))
    }

    /// The name of the received file; nil when it is not there any more, and the picture is broken for it.
    func stagedName(of treatment: PictureTreatment, _ job: Job) async throws -> String? {
        if let name = treatment.stagedName {
            let path = staging.path(of: name)
            if try await BlockingWork.run({ access(path, F_OK) == 0 }) { return name }
        }
        try await catalogue.pictures.broken(
            treatment.picture.id, reason: "The received file is not there any more; send it again.", ending: job)
        return nil
    }

    func request(
        _ work: TreatmentRequest.Work, _ treatment: PictureTreatment, _ staged: String, outputFolder: String?,
        models: [ModelManifest] = [], frame: PictureFrame? = nil, drawings: Drawings = .none
    ) -> TreatmentRequest {
        TreatmentRequest(
            id: requests.next(), work: work, source: staging.path(of: staged), outputFolder: outputFolder,
            policy: treatment.label.redaction, maximumPixels: settings.darkroom.maximumPixels,
            clockZone: treatment.label.mounting.clockZone, models: models, frame: frame, drawings: drawings,
            given: treatment.given)
    }
}
