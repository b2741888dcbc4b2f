import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// Who did what: for administrators only. Nothing can be changed or taken away here.
struct AuditRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        router.group(context: AdminContext.self).get("api/admin/audit", use: list)
    }

    @Sendable private func list(_ request: Request, _ context: AdminContext) async throws -> Response {
        let accounts = try await services.catalogue.accounts.list()
        let names = Dictionary(accounts.map { ($0.name, $0.id) }) { first, _ in first }
        let asked = try AuditRequest(try Query(request, allowing: AuditRequest.parameters), names: names)
        let entries = try await services.catalogue.audit.list(asked.filter, before: asked.before, limit: asked.limit)
        let last = entries.count == asked.limit ? entries.last?.number : nil
        let next = last.map { Link(rel: "next", href: "\(context.baseURL)/api/admin/audit?\(asked.query(before: $0))") }
        let people = Dictionary(uniqueKeysWithValues: accounts.map { ($0.id.string, $0.name) })
        return .json([
            "entries": .array(entries.map { Self.json($0, people[$0.actor]) }),
            "links": .links([next].compactMap(\.self)),
        ])
    }

    private static func json(_ entry: AuditEntry, _ name: String?) -> JSON {
        let details = entry.details.sorted { $0.key < $1.key }.map {
            JSONObject.Member(name: $0.key, value: .string($0.value))
        }
        return [
            "number": .int(entry.number), "at": .string(RFC3339.string(entry.at)), "actor": .string(entry.actor),
            "actor_name": .optional(name), "action": .string(entry.action), "subject": .string(entry.subject),
            "details": .object(JSONObject(members: details)),
        ]
    }
}
