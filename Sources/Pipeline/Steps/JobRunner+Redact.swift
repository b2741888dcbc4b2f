import Catalogue
import DarkroomProtocol
import Domain
import Glibc
import Storage

extension JobRunner {
    /// Makes a picture's derivatives anew with what is owed to its redaction, and deletes those of before.
    ///
    /// The new files lie under a new revision, the catalogue names them in one transaction, then the old ones go. A kill
    /// between two of these leaves a job that goes on from there.
    func redact(_ id: PictureID, _ job: Job) async throws {
        // Another job of the picture may be storing files under the same names.
        if held.isBusy(id, besides: job) {
            return try await putBack(job, after: 0.5, "The picture is being processed.")
        }
        guard let treatment = try await catalogue.pictures.treatment(id), !treatment.picture.derivatives.isEmpty else {
            return try await catalogue.jobs.drop(job)
        }
        let order = try await catalogue.corrections.order(id)
        var revision = treatment.picture.revision
        if order.isOwed || treatment.picture.status != .prepared {
            revision += 1
            let folder = try await folders.make()
            do {
                try await redo(treatment, order, as: revision, in: folder, job)
            } catch {
                await folders.remove(folder)
                throw error
            }
            await folders.remove(folder)
            if let staged = treatment.stagedName { try await staging.remove(staged) }
        }
        try await deleteRevisions(of: id, before: revision)
        try await catalogue.jobs.drop(job)
    }

    private func redo(
        _ treatment: PictureTreatment, _ order: RedactionOrder, as revision: Int, in folder: String, _ job: Job
    ) async throws {
        let source = try await source(for: treatment, order, in: folder)
        let output = "\(folder)/made"
        try await folders.makeFolder(output)
        let change = try await frameChange(of: treatment, source)
        let order = order.moved(by: change)
        var request = try await redactionRequest(source, treatment, order, outputFolder: output)
        request.frame = change.after
        if case .redacted = source { request.turns = change.quarterTurns }
        let processing = try await catalogue.processing.rule(of: treatment.label.id)
        request.drawings = try await drawings(processing, on: treatment.picture, of: treatment.label, in: folder)
        switch try await pool.treat(request) {
        case .developed(let development):
            try await keep(development, of: treatment, order, source, as: revision, from: output, change, job)
        case .rejected(let rejection): throw Failure(.unprocessable, rejection.message)
        case .failed(let message): throw DarkroomFault.unable(message)
        case .inspected, .looked, .detected, .rendered: throw DarkroomFault.unintelligible
        }
    }

    /// What a picture's redaction is made from.
    enum RedactionSource {
        /// The file as it was received: everything is looked for and hidden anew.
        case original(path: String)
        /// What is served, already redacted: more can be hidden, nothing can be shown again.
        case redacted(path: String)

        var path: String {
            switch self {
            case .original(let path), .redacted(let path): path
            }
        }
    }

    private func source(
        for treatment: PictureTreatment, _ order: RedactionOrder, in folder: String
    ) async throws -> RedactionSource {
        if let staged = treatment.stagedName, try await isThere(staging.path(of: staged)) {
            return .original(path: staging.path(of: staged))
        }
        let kept = "\(folder)/original.jpg"
        let originals = OriginalSource(catalogue: catalogue, store: store)
        // What is only drawn is hidden in what is served: the models need not be asked for it.
        if order.run != nil, try await originals.copy(treatment.picture.id, to: kept) == .copied {
            return .original(path: kept)
        }
        guard order.run?.needsOriginal != true else {
            throw Failure(.unprocessable, "The original is not here any more; send it again to show what is hidden.")
        }
        let path = "\(folder)/hd.jpg"
        try await store.copy(
            .derivative(treatment.picture.id, revision: treatment.picture.revision, .hd), toFileAt: path)
        return .redacted(path: path)
    }

    private func isThere(_ path: String) async throws -> Bool {
        try await BlockingWork.run { access(path, F_OK) == 0 }
    }

    private func redactionRequest(
        _ source: RedactionSource, _ treatment: PictureTreatment, _ order: RedactionOrder, outputFolder: String
    ) async throws -> TreatmentRequest {
        var policy = treatment.label.redaction
        if let preset = order.run?.preset { policy.preset = preset }
        switch source {
        case .original(let path):
            return TreatmentRequest(
                id: requests.next(), work: .develop, source: path, outputFolder: outputFolder,
                policy: policy, maximumPixels: settings.darkroom.maximumPixels,
                corrections: Corrections(order.corrections), models: try await hidingModels(by: policy),
                given: treatment.given)
        case .redacted(let path):
            let corrections = Corrections(
                wrong: order.corrections.compactMap(\.wrong), regions: order.pending.compactMap(\.region))
            // What was drawn is hidden at once; nothing else is looked for.
            if order.run == nil { policy = RedactionPolicy(preset: .none) }
            return TreatmentRequest(
                id: requests.next(), work: .redact, source: path, outputFolder: outputFolder, policy: policy,
                maximumPixels: settings.darkroom.maximumPixels, tags: treatment.picture.tags, corrections: corrections,
                models: try await hidingModels(by: policy))
        }
    }

    private func keep(
        _ development: TreatmentReply.Development, of treatment: PictureTreatment, _ order: RedactionOrder,
        _ source: RedactionSource, as revision: Int, from folder: String, _ change: FrameChange, _ job: Job
    ) async throws {
        let picture = treatment.picture
        try await store.put(try Self.files(of: development, id: picture.id, revision: revision, folder: folder))
        var redactions = development.redactions
        var findings = ModelFindings.Outcome.whole(development.findings)
        if case .redacted = source {
            findings = .more(development.findings)
            // What was hidden before is hidden still.
            let known = picture.redactions.map { change.before == change.after ? $0 : $0.moved(by: change.map) }
            redactions = known + redactions.filter { new in !known.contains { $0.overlap(with: new) > 0.9 } }
        }
        try await catalogue.corrections.redone(
            picture.id, order, tags: change.tags(picture.tags, made: development.tags), redactions: redactions,
            findings: findings, derivatives: development.files.map(\.derivative), revision: revision,
            framed: change.isChange ? change : nil, holding: job)
    }

    /// Deletes every stored file of the picture that is of an earlier revision, so that an old link is dead.
    func deleteRevisions(of id: PictureID, before revision: Int) async throws {
        let prefix = ObjectKey.prefix(of: id)
        var last: String?
        var old: Set<Int> = []
        while true {
            let paths = try await store.list(prefix: prefix, after: last, limit: 500)
            guard let end = paths.last else { break }
            last = end
            old.formUnion(paths.compactMap { Int($0.dropFirst(prefix.count).prefix { $0 != "/" }) })
        }
        for earlier in old.sorted() where earlier < revision { try await store.delete(prefix: "\(prefix)\(earlier)/") }
    }
}
