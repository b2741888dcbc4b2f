import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// What waits, what it waits for, and pictures that were given up on, for administrators.
struct AdminJobPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("admin/jobs", use: show)
        group.post("admin/jobs/retry", use: retryAll)
        group.post("admin/jobs/:job/retry", use: retry)
        group.post("admin/jobs/broken/retry", use: retryBroken)
    }

    private static let most = 100
    private static let saved = "\(AdminTabs.jobs.path)?said=jobs.retried"
    private var administration: JobAdministration { JobAdministration(services: services) }

    private struct Content: Sendable {
        struct Figure: Sendable {
            let name: String
            let count: String
        }

        struct Setback: Sendable {
            let reason: String
            let sentence: String
        }

        struct Job: Sendable {
            let id: String
            let step: String
            let subject: String
            let attempts: String
            let error: String
            let due: PageTime
            let isClaimed: Bool
        }

        struct Picture: Sendable {
            let id: String
            let set: String
            let name: String
            let label: String
            let reason: String
            let canRetry: Bool
            let arrived: PageTime
        }

        let menu: AdminMenu
        let notice: PageNotice?
        let queueText: String
        let counts: [Figure]
        let hasSetbacks: Bool
        let setbacks: [Setback]
        let jobs: [Job]
        let hasBroken: Bool
        let brokenText: String
        let broken: [Picture]
    }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        return try await page(context, notice: .said(Query(request.uri.query), words))
    }

    @Sendable private func retry(_ request: Request, _ context: AdminContext) async throws -> Response {
        guard let id = context.parameters.get("job").flatMap({ JobID($0) }) else { throw Failure.notFound("job") }
        return try await attempt(context) { try await administration.retry(id, by: context.viewer) }
    }

    @Sendable private func retryAll(_ request: Request, _ context: AdminContext) async throws -> Response {
        let reason = try await PageForm(request)["reason"]
        return try await attempt(context) {
            _ = try await administration.retryAll(reason: reason.isEmpty ? nil : reason, by: context.viewer)
        }
    }

    @Sendable private func retryBroken(_ request: Request, _ context: AdminContext) async throws -> Response {
        let form = try await PageForm(request)
        let ids = PictureID(form["picture"]).map { [$0] }
        return try await attempt(context) {
            _ = try await administration.retryBroken(ids, by: context.viewer)
        }
    }

    /// Redirects after success; else the same page says why not.
    private func attempt(_ context: AdminContext, _ work: () async throws -> Void) async throws -> Response {
        do {
            try await work()
            return .redirect(seeOther: Self.saved)
        } catch let failure as Failure where failure.code == .conflict || failure.code == .notFound {
            let sentence = services.sentences(context.language)(failure.message)
            return try await page(context, notice: .bad(sentence))
        }
    }

    private func page(_ context: AdminContext, notice: PageNotice?) async throws -> Response {
        let words = try renderer.words(context.language)
        let format = PageFormat(words.language)
        let sentences = services.sentences(context.language)
        let catalogue = services.catalogue
        let counts = try await catalogue.jobs.counts().filter { $0.value > 0 }.sorted { $0.key < $1.key }
        let waiting = counts.reduce(0) { $0 + $1.value }
        let jobs = try await catalogue.jobs.list(isFailing: true, limit: Self.most)
        let broken = try await catalogue.pictures.broken(limit: Self.most)
        let setbacks = try await catalogue.jobs.setbacks().map { setback in
            Content.Setback(
                reason: setback.reason,
                sentence: words("status.setback", count: setback.jobs, ["reason": sentences(setback.reason)]))
        }
        let all = try await catalogue.pictures.brokenCount()
        let content = Content(
            menu: AdminTabs.jobs.menu(words), notice: notice,
            queueText: waiting == 0 ? words("status.queueEmpty") : words("status.queueSome", count: waiting),
            counts: counts.map { .init(name: words("status.job_\($0.key)"), count: format.number($0.value)) },
            hasSetbacks: !setbacks.isEmpty, setbacks: setbacks,
            jobs: jobs.map { job in
                .init(
                    id: "\(job.id)", step: words("status.job_\(job.step)"), subject: job.subject,
                    attempts: format.number(job.attempts), error: sentences(job.lastError ?? ""),
                    due: PageTime(job.dueAt), isClaimed: job.isClaimed)
            },
            hasBroken: !broken.isEmpty, brokenText: words("jobs.brokenSome", count: all),
            broken: broken.map {
                .init(
                    id: $0.id.string, set: $0.uploadSetID.string, name: $0.name, label: $0.label,
                    reason: sentences($0.reason), canRetry: $0.canRetry, arrived: PageTime($0.createdAt))
            })
        return try renderer.response(
            .jobs, title: words("admin.jobs"), path: AdminTabs.jobs.path, visitor: PageVisitor(context),
            content: content, status: notice?.tone == "bad" ? .unprocessableContent : .ok)
    }
}
