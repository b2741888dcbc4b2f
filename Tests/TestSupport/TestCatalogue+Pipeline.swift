import Catalogue
import Domain
import Foundation
import Synchronization

extension TestCatalogue {
    package static let worker = "test-worker"

    /// Claims everything that is due, as a worker would.
    package func claim(limit: Int = 1000, now: Date = .distantFuture, lease: TimeInterval = 60) async throws -> [Job] {
        try await catalogue.jobs.claim(worker: Self.worker, limit: limit, now: now, lease: lease)
    }

    /// Works the queue until it is empty: tags as the test said, made-up derivatives, one sequence a set.
    ///
    /// - Parameter brokenReason: what becomes of pictures that the test gave no tags for.
    package func process(brokenReason: String = "It cannot be read.") async throws {
        while true {
            let soon = Date.now.addingTimeInterval(3600)
            let jobs =
                try await claim(now: soon)
                + catalogue.jobs.claimConcealing(worker: Self.worker, limit: 1000, now: soon, lease: 60)
            if jobs.isEmpty { return }
            for job in jobs { try await work(on: job, brokenReason: brokenReason) }
        }
    }

    /// What the darkroom reads in a picture from now on.
    package func setTags(_ value: PictureTags?, of id: PictureID) { tags.withLock { $0[id] = value } }

    /// Does one claimed job.
    package func work(on job: Job, brokenReason: String = "It cannot be read.") async throws {
        switch job.step {
        case .inspect(let id):
            guard let tags = tags.withLock({ $0[id] }) else {
                return try await catalogue.pictures.broken(id, reason: brokenReason, ending: job)
            }
            try await catalogue.pictures.inspected(id, tags: tags, ending: job)
        case .develop(let id):
            guard let tags = tags.withLock({ $0[id] }) else {
                return try await catalogue.pictures.broken(id, reason: brokenReason, ending: job)
            }
            try await catalogue.pictures.developed(
                id, tags: tags, redactions: [], derivatives: Self.derivatives(of: tags), revision: 1, ending: job)
        case .dispatch(let id):
            let candidates = try await catalogue.sequences.candidates(of: id)
            try await catalogue.sequences.dispatch(id, Self.plan(candidates?.pictures ?? []), ending: job)
        case .conceal(let id):
            let revision = try await catalogue.pictures.find(id, viewer: .system)?.revision ?? 0
            try await catalogue.pictures.concealed(id, from: revision, ending: job)
        case .redact(let id), .rerun(let id):
            try await redact(id, job)
        case .detect(let id, let model):
            try await catalogue.detections.detected(
                ModelFindings(model: model, detections: []), on: id, ending: job)
        case .erase(let id):
            try await catalogue.pictures.erased(id, ending: job)
        }
    }

    /// Makes the picture anew, one revision on, with everything that was drawn hidden.
    private func redact(_ id: PictureID, _ job: Job) async throws {
        guard let picture = try await catalogue.pictures.find(id, viewer: .system) else { return }
        let order = try await catalogue.corrections.order(id)
        let tags = picture.tags ?? TestPicture().tags
        let regions = order.corrections.compactMap(\.region).map {
            Redaction(subject: .region, polygon: $0, model: "person")
        }
        try await catalogue.corrections.redone(
            id, order, tags: tags, redactions: regions, derivatives: Self.derivatives(of: tags),
            revision: picture.revision + 1, holding: job)
        try await catalogue.jobs.drop(job)
    }

    /// All pictures in one sequence, by time, with the headings of their tags.
    package static func plan(_ pictures: [DispatchCandidates.Candidate]) -> DispatchPlan {
        let ordered = pictures.sorted { ($0.capturedAt, $0.id) < ($1.capturedAt, $1.id) }
        let part = ordered.map {
            DispatchPlan.Placement(id: $0.id, heading: $0.heading ?? 0, isHeadingComputed: $0.heading == nil)
        }
        return DispatchPlan(parts: part.isEmpty ? [] : [part], duplicates: [:])
    }

    /// What the darkroom would have written, by name and size; no bytes.
    package static func derivatives(of tags: PictureTags) -> [Derivative] {
        var list = [
            Derivative(kind: .hd, width: tags.width, height: tags.height, size: 900_000, sha256: sha256("hd")),
            Derivative(
                kind: .sd, width: 2048, height: 2048 * tags.height / tags.width, size: 300_000, sha256: sha256("sd")),
            Derivative(
                kind: .thumb, width: 500, height: 500 * tags.height / tags.width, size: 20_000,
                sha256: sha256("thumb")),
        ]
        guard tags.type == .equirectangular else { return list }
        for row in 0..<4 {
            for column in 0..<8 {
                list.append(
                    Derivative(
                        kind: .tile(column: column, row: row), width: 720, height: 720, size: 80_000,
                        sha256: sha256("tile\(column)\(row)")))
            }
        }
        return list
    }

    /// 64 hexadecimal digits that differ between names.
    private static func sha256(_ name: String) -> String {
        let digits = name.utf8.map { String($0, radix: 16) }.joined()
        return String((digits + String(repeating: "0", count: 64)).prefix(64))
    }
}
