import Catalogue
import Domain
import HTTPTypes
import Hummingbird

/// The audit log, for administrators: only to be read.
struct AdminAuditPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        router.group(context: AdminContext.self).get("admin/audit", use: show)
    }

    private struct Content: Sendable {
        struct Entry: Sendable {
            let at: PageTime
            let actor: String
            let action: String
            let subject: String
            let details: String
        }

        let menu: AdminMenu
        let notice: PageNotice?
        let actors: [PageOption]
        let actions: [PageOption]
        let subject: String
        let from: String
        let to: String
        let hasEntries: Bool
        let entries: [Entry]
        /// Where older ones are.
        let older: String?
    }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let query = Query(request.uri.query)
        let accounts = try await services.catalogue.accounts.list()
        let names = Dictionary(accounts.map { ($0.name, $0.id) }) { first, _ in first }
        var (entries, asked, notice): ([AuditEntry], AuditRequest?, PageNotice?) = ([], nil, nil)
        do {
            let request = try AuditRequest(query, names: names)
            entries = try await services.catalogue.audit.list(
                request.filter, before: request.before, limit: request.limit)
            asked = request
        } catch let failure as Failure where failure.code == .invalid {
            notice = .bad(services.sentences(context.language)(failure.message))
        }
        let people = Dictionary(uniqueKeysWithValues: accounts.map { ($0.id.string, $0.name) })
        let last = entries.count == asked?.limit ? entries.last?.number : nil
        let content = Content(
            menu: AdminTabs.audit.menu(words), notice: notice, actors: actors(accounts, query["actor"] ?? "", words),
            actions: try await actions(query["action"] ?? "", words), subject: query["subject"] ?? "",
            from: query["from"] ?? "", to: query["to"] ?? "", hasEntries: !entries.isEmpty,
            entries: entries.map { entry(of: $0, people, words) },
            older: last.flatMap { number in asked.map { "/admin/audit?\($0.query(before: number))" } })
        return try renderer.response(
            .audit, title: words("admin.audit"), path: AdminTabs.audit.path, visitor: PageVisitor(context),
            content: content, status: notice == nil ? .ok : .badRequest)
    }

    private func actors(_ accounts: [Account], _ chosen: String, _ words: PageWords) -> [PageOption] {
        [PageOption("", words("audit.anybody"), isSelected: chosen.isEmpty)]
            + ["system", "guest"].map { PageOption($0, words("audit.\($0)"), isSelected: chosen == $0) }
            + accounts.map { PageOption($0.id.string, $0.name, isSelected: [$0.id.string, $0.name].contains(chosen)) }
    }

    /// Whole families first (`label`), then each word.
    private func actions(_ chosen: String, _ words: PageWords) async throws -> [PageOption] {
        let actions = try await services.catalogue.audit.actions()
        let families = Set(actions.compactMap { $0.split(separator: ".").first.map(String.init) }).sorted()
        return [PageOption("", words("audit.anything"), isSelected: chosen.isEmpty)]
            + families.map { PageOption($0, "\($0).*", isSelected: $0 == chosen) }
            + actions.map { PageOption($0, $0, isSelected: $0 == chosen) }
    }

    private func entry(of entry: AuditEntry, _ people: [String: String], _ words: PageWords) -> Content.Entry {
        let actor = ["system", "guest"].contains(entry.actor) ? words("audit.\(entry.actor)") : people[entry.actor]
        return .init(
            at: PageTime(entry.at), actor: actor ?? entry.actor, action: entry.action,
            subject: people[entry.subject] ?? entry.subject,
            details: entry.details.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "\n"))
    }
}
