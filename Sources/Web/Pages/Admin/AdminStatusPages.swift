import Catalogue
import Domain
import Foundation
import Hummingbird

/// Queue, disk and contents at a glance, for administrators.
struct AdminStatusPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        router.group(context: AdminContext.self).get("admin/status", use: show)
    }

    private struct Content: Sendable {
        struct Figure: Sendable {
            let name: String
            let count: String
        }

        struct Disk: Sendable {
            let text: String
            let percent: String
        }

        let menu: AdminMenu
        let queueText: String
        let jobs: [Figure]
        /// What keeps jobs from being done, a sentence each.
        let setbacks: [String]
        let disk: Disk?
        let stored: [Figure]
        let storedText: String
        let contents: [Figure]
        let version: String
    }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let format = PageFormat(context.language)
        let catalogue = services.catalogue
        let jobs = try await catalogue.jobs.counts().filter { $0.value > 0 }
        let waiting = jobs.values.reduce(0, +)
        let stored = try await catalogue.samples.stored()
        let contents: [(String, Int)] = [
            ("status.pictures", try await catalogue.pictures.count(viewer: context.viewer)),
            ("status.labels", try await catalogue.labels.list(viewer: context.viewer).count),
            ("status.accounts", try await catalogue.accounts.count()),
        ]
        let content = Content(
            menu: AdminTabs.status.menu(words),
            queueText: waiting == 0 ? words("status.queueEmpty") : words("status.queueSome", count: waiting),
            jobs: jobs.sorted { $0.key < $1.key }.map {
                .init(name: words("status.job_\($0.key)"), count: format.number($0.value))
            },
            setbacks: try await catalogue.jobs.setbacks().map {
                words("status.setback", count: $0.jobs, ["reason": $0.reason])
            },
            disk: disk(words),
            stored: stored.filter { $0.files > 0 }.map {
                .init(
                    name: words("status.stored_\($0.kind.rawValue)"),
                    count: words("status.storedFiles", count: $0.files, ["bytes": format.bytes($0.bytes)]))
            },
            storedText: words("status.storedAll", ["bytes": format.bytes(stored.reduce(0) { $0 + $1.bytes })]),
            contents: contents.map { .init(name: words($0.0), count: format.number($0.1)) },
            version: words("status.version", ["version": services.configuration.version]))
        return try renderer.response(
            .status, title: words("admin.status"), path: AdminTabs.status.path, visitor: PageVisitor(context),
            content: content)
    }

    /// The file system that received bytes are kept on; nil when the system does not say.
    private func disk(_ words: PageWords) -> Content.Disk? {
        guard let space = services.diskSpace else { return nil }
        let format = PageFormat(words.language)
        return .init(
            text: words("status.diskFree", ["free": format.bytes(space.free), "all": format.bytes(space.size)]),
            percent: "\((space.size - space.free) * 100 / space.size)")
    }
}
