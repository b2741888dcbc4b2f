import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// The queue, and pictures that were given up on, for administrators.
struct JobRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("api/admin/jobs", use: list)
        group.post("api/admin/jobs/retry", use: retryAll)
        group.post("api/admin/jobs/:job/retry", use: retry)
        group.get("api/admin/broken_pictures", use: broken)
        group.post("api/admin/broken_pictures/retry", use: retryBroken)
    }

    private var administration: JobAdministration { JobAdministration(services: services) }

    @Sendable private func list(_ request: Request, _ context: AdminContext) async throws -> Response {
        let query = try Query(request, allowing: ["limit", "after", "failing"])
        let limit = try query.integer("limit", default: 100, in: 1...1000)
        let after = try query.integer("after", default: 0, in: 0...Int.max)
        let isFailing = query["failing"] == "true"
        let jobs = try await services.catalogue.jobs.list(isFailing: isFailing, after: JobID(after), limit: limit)
        let counts = try await services.catalogue.jobs.counts().sorted { $0.key < $1.key }
        let setbacks = try await services.catalogue.jobs.setbacks(limit: 50)
        let more = jobs.count == limit ? jobs.last?.id : nil
        let next = more.map {
            Link(
                rel: "next",
                href: "\(context.baseURL)/api/admin/jobs?limit=\(limit)&after=\($0)\(isFailing ? "&failing=true" : "")")
        }
        return .json([
            "jobs": .array(jobs.map(Self.json)),
            "by_step": .object(JSONObject(members: counts.map { .init(name: $0.key, value: .int($0.value)) })),
            "setbacks": .array(setbacks.map { ["reason": .string($0.reason), "jobs": .int($0.jobs)] }),
            "links": .links([next].compactMap(\.self)),
        ])
    }

    private static func json(_ job: JobRow) -> JSON {
        [
            "id": .int(job.id), "step": .string(job.step), "subject": .string(job.subject),
            "attempts": .int(job.attempts), "due_at": .string(RFC3339.string(job.dueAt)),
            "is_claimed": .bool(job.isClaimed), "last_error": .optional(job.lastError),
            "created_at": .string(RFC3339.string(job.createdAt)),
        ]
    }

    @Sendable private func retry(_ request: Request, _ context: AdminContext) async throws -> Response {
        guard let id = context.parameters.get("job").flatMap({ JobID($0) }) else { throw Failure.notFound("job") }
        try await administration.retry(id, by: context.viewer)
        return .noContent
    }

    private struct Choice: Decodable {
        let reason: String?
        let pictures: [PictureID]?
    }

    @Sendable private func retryAll(_ request: Request, _ context: AdminContext) async throws -> Response {
        let choice = request.hasBody ? try await request.decodeJSON(Choice.self) : nil
        return .json(["retried": .int(try await administration.retryAll(reason: choice?.reason, by: context.viewer))])
    }

    @Sendable private func broken(_ request: Request, _ context: AdminContext) async throws -> Response {
        let query = try Query(request, allowing: ["limit"])
        let limit = try query.integer("limit", default: 100, in: 1...1000)
        let rows = try await services.catalogue.pictures.broken(limit: limit)
        return .json([
            "total": .int(try await services.catalogue.pictures.brokenCount()),
            "pictures": .array(
                rows.map {
                    [
                        "id": .string($0.id.string), "upload_set_id": .string($0.uploadSetID.string),
                        "camera_label": .string($0.label), "name": .string($0.name), "reason": .string($0.reason),
                        "can_retry": .bool($0.canRetry), "created_at": .string(RFC3339.string($0.createdAt)),
                    ]
                }),
            "links": [],
        ])
    }

    @Sendable private func retryBroken(_ request: Request, _ context: AdminContext) async throws -> Response {
        let choice = request.hasBody ? try await request.decodeJSON(Choice.self) : nil
        let count = try await administration.retryBroken(choice?.pictures, by: context.viewer)
        return .json(["retried": .int(count)])
    }
}
