import Catalogue
import DarkroomProtocol
import Domain
import Glibc
import Storage

/// Files that came after their picture was prepared: the raw file of its JPEG, or the JPEG of its raw file.
extension JobRunner {
    /// Does what waits for a prepared picture; it stays in sight meanwhile.
    func bringTogether(_ treatment: PictureTreatment, _ job: Job) async throws {
        if let jpeg = treatment.raw?.jpegStagedName {
            try await inFolder { try await replace(treatment, by: jpeg, in: $0, job) }
        } else if let staged = treatment.raw?.stagedName {
            try await inFolder { folder in
                let fate = try await fate(of: treatment, staged, in: folder)
                try await catalogue.raws.settled(treatment.picture.id, fate, ending: job)
                try await staging.remove(staged)
            }
        } else {
            try await catalogue.jobs.drop(job)
        }
    }

    /// What came later is given up: the picture stays as it is. False when it was never made, and so is all there is.
    func giveUpBeside(_ id: PictureID, _ message: String, _ job: Job) async throws -> Bool {
        guard case .develop = job.step, let treatment = try await catalogue.pictures.treatment(id),
            !treatment.picture.derivatives.isEmpty, let raw = treatment.raw
        else { return false }
        let rejection = Rejection(.otherError, message)
        if let jpeg = raw.jpegStagedName {
            try await catalogue.raws.refusedJPEG(of: id, rejection, ending: job)
            try await staging.remove(jpeg)
        } else if let staged = raw.stagedName {
            try await catalogue.raws.settled(id, .discarded(rejection), ending: job)
            try await staging.remove(staged)
        } else {
            try await catalogue.jobs.drop(job)
        }
        return true
    }

    private func inFolder(_ work: (String) async throws -> Void) async throws {
        let folder = try await folders.make()
        do {
            try await work(folder)
        } catch {
            await folders.remove(folder)
            throw error
        }
        await folders.remove(folder)
    }

    /// Makes the picture from its JPEG instead of its raw file: new files under a new revision, then the catalogue, then
    /// the old ones go.
    private func replace(
        _ treatment: PictureTreatment, by staged: String, in folder: String, _ job: Job
    ) async throws {
        let id = treatment.picture.id
        let path = staging.path(of: staged)
        guard try await BlockingWork.run({ access(path, F_OK) == 0 }) else {
            let lost = Rejection(.otherError, "The received file is not there any more; send it again.")
            return try await catalogue.raws.refusedJPEG(of: id, lost, ending: job)
        }
        let processing = try await catalogue.processing.rule(of: treatment.label.id)
        let (order, frame) = try await fitting(
            try await catalogue.corrections.order(id), treatment, staged, processing)
        let models = try await hidingModels(by: treatment.label.redaction)
        let output = "\(folder)/made"
        try await folders.makeFolder(output)
        let request = TreatmentRequest(
            id: requests.next(), work: .develop, source: path, outputFolder: output,
            policy: treatment.label.redaction, maximumPixels: settings.darkroom.maximumPixels,
            clockZone: treatment.label.mounting.clockZone, corrections: Corrections(order.corrections), models: models,
            frame: frame,
            drawings: try await drawings(processing, on: treatment.picture, of: treatment.label, in: output),
            given: treatment.given)
        switch try await pool.treat(request) {
        case .developed(let development):
            try await keep(development, of: treatment, order, staged, from: output, framedBy: frame, job)
        case .rejected(let rejection):
            try await catalogue.raws.refusedJPEG(of: id, rejection, ending: job)
        case .failed(let message): throw DarkroomFault.unable(message)
        case .inspected, .looked, .detected, .rendered: throw DarkroomFault.unintelligible
        }
        try await staging.remove(staged)
    }

    /// What people have drawn on the picture of before, where it is on the one to come, that may be larger; and what the
    /// label's first processing makes of that.
    private func fitting(
        _ order: RedactionOrder, _ treatment: PictureTreatment, _ staged: String, _ processing: FirstProcessing
    ) async throws -> (RedactionOrder, PictureFrame?) {
        guard !order.corrections.isEmpty || processing != .none, let old = treatment.picture.tags else {
            return (order, nil)
        }
        switch try await pool.treat(request(.inspect, treatment, staged, outputFolder: nil)) {
        case .inspected(let new):
            let frame = try processing.frame(ofWidth: new.width, height: new.height, type: new.type)
            let size = frame.map { ($0.width, $0.height) } ?? (new.width, new.height)
            let corrections = order.corrections.map { $0.scaled(from: (old.width, old.height), to: size) }
            return (RedactionOrder(corrections: corrections, run: order.run), frame)
        // It is refused once more when it is to be made.
        case .rejected: return (order, nil)
        case .failed(let message): throw DarkroomFault.unable(message)
        case .developed, .looked, .detected, .rendered: throw DarkroomFault.unintelligible
        }
    }

    private func keep(
        _ development: TreatmentReply.Development, of treatment: PictureTreatment, _ order: RedactionOrder,
        _ staged: String, from folder: String, framedBy frame: PictureFrame?, _ job: Job
    ) async throws {
        let (id, revision) = (treatment.picture.id, treatment.picture.revision + 1)
        try await store.put(try Self.files(of: development, id: id, revision: revision, folder: folder))
        let replacement = RawReplacement(
            tags: development.tags, redactions: development.redactions, findings: development.findings,
            derivatives: development.files.map(\.derivative), revision: revision,
            original: try await keepOriginal(of: treatment.picture, staged, in: folder),
            models: try await notingModels(), frame: frame)
        let rejection = try await catalogue.raws.replaced(
            id, by: replacement, order: order, leftover: try await leftover(of: treatment), ending: job)
        if rejection == nil {
            try await deleteRevisions(of: id, before: revision)
        } else {
            try await store.delete(prefix: ObjectKey.prefix(of: id, revision: revision))
            try await deleteOriginal(of: id)
        }
    }

    /// Why there will be no raw file beside the JPEG; nil when there is one.
    private func leftover(of treatment: PictureTreatment) async throws -> Rejection? {
        guard let raw = treatment.raw,
            try await catalogue.originals.find(treatment.picture.id, .raw, viewer: .system) == nil
        else { return nil }
        return RawFate.refusal(
            of: raw.file.name, by: try await catalogue.originals.rule(of: treatment.picture.labelID))
    }
}
