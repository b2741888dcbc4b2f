import Catalogue
import DarkroomProtocol
import Domain
import Storage

extension JobRunner {
    /// Makes a picture safe to show and stores what may be shown. Of one that is prepared, brings in what came later.
    func develop(_ id: PictureID, _ job: Job) async throws {
        guard let treatment = try await catalogue.pictures.treatment(id) else {
            return try await catalogue.jobs.drop(job)
        }
        // A worker that has lost its lease to a file that came later may still be storing files of it.
        if treatment.raw != nil, held.isBusy(id, besides: job) {
            return try await putBack(job, after: 0.5, "The picture is being processed.")
        }
        if !treatment.picture.derivatives.isEmpty { return try await bringTogether(treatment, job) }
        guard let staged = try await stagedName(of: treatment, job) else { return }
        let folder = try await folders.make()
        do {
            try await develop(treatment, staged, into: folder, job)
        } catch {
            await folders.remove(folder)
            throw error
        }
        await folders.remove(folder)
    }

    private func develop(
        _ treatment: PictureTreatment, _ staged: String, into folder: String, _ job: Job
    ) async throws {
        let id = treatment.picture.id
        let models = try await hidingModels(by: treatment.label.redaction)
        let processing = try await catalogue.processing.rule(of: treatment.label.id)
        let tags = treatment.picture.tags
        let frame = try tags.flatMap { try processing.frame(ofWidth: $0.width, height: $0.height, type: $0.type) }
        let drawings = try await drawings(processing, on: treatment.picture, of: treatment.label, in: folder)
        let request = request(
            .develop, treatment, staged, outputFolder: folder, models: models, frame: frame, drawings: drawings)
        switch try await pool.treat(request) {
        case .developed(let development):
            try await keep(development, of: treatment, staged, from: folder, framedBy: frame, job)
        case .rejected(let rejection): try await reject(id, rejection, staged, job)
        case .failed(let message): throw DarkroomFault.unable(message)
        case .inspected, .looked, .detected, .rendered: throw DarkroomFault.unintelligible
        }
    }

    /// Files, then the sealed or kept original and raw file, then the catalogue, then the staged file: at every moment a crash leaves
    /// a job that makes the same again under the same names, or a staged file that nobody needs and the janitor removes.
    private func keep(
        _ development: TreatmentReply.Development, of treatment: PictureTreatment, _ staged: String,
        from folder: String, framedBy frame: PictureFrame?, _ job: Job
    ) async throws {
        let (id, revision) = (treatment.picture.id, treatment.picture.revision)
        try await store.put(try Self.files(of: development, id: id, revision: revision, folder: folder))
        let isRaw = treatment.isMadeFromRaw
        let original = isRaw ? nil : try await keepOriginal(of: treatment.picture, staged, in: folder)
        let rawStaged = isRaw ? staged : treatment.raw?.stagedName
        let raw = if let rawStaged { try await fate(of: treatment, rawStaged, in: folder) } else { RawFate?.none }
        try await catalogue.pictures.developed(
            id, tags: development.tags, redactions: development.redactions, findings: development.findings,
            derivatives: development.files.map(\.derivative), revision: revision, original: original,
            raw: raw, asking: try await notingModels(), frame: frame, ending: job)
        for name in Set([staged, rawStaged].compactMap(\.self)) { try await staging.remove(name) }
    }

    /// What is stored of what a child has made. Throws `.unintelligible` when that is not a whole picture.
    static func files(
        of development: TreatmentReply.Development, id: PictureID, revision: Int, folder: String
    ) throws -> [(key: ObjectKey, path: String)] {
        let kinds = development.files.map(\.derivative.kind)
        guard Set(kinds).count == kinds.count, Set(kinds).isSuperset(of: [.hd, .sd, .thumb]),
            development.files.allSatisfy({ isPlain($0.name) })
        else { throw DarkroomFault.unintelligible }
        return development.files.map { file in
            (key: .derivative(id, revision: revision, file.derivative.kind), path: "\(folder)/\(file.name)")
        }
    }

    /// A child names files of its own folder, nothing else.
    static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix(".") && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
    }
}
