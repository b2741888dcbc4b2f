import Catalogue
import Domain
import Foundation
import Hummingbird

/// What is amiss, who is told of it, and what is expected of labels: for administrators.
struct AdminAlertPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("admin/alerts", use: list)
        group.post("admin/alerts/:alert/acknowledge", use: acknowledge)
        group.post("admin/labels/:label/watch", use: watch)
    }

    private var administration: AlertAdministration { AlertAdministration(catalogue: services.catalogue) }

    private struct Content: Sendable {
        struct Item: Sendable {
            let id: String
            let title: String
            let text: String
            let state: String
            let tone: String
            let since: PageTime
            /// Once it is over.
            let ended: PageTime?
            let mayAcknowledge: Bool
        }

        struct Channel: Sendable {
            let name: String
            let state: String
            let isBad: Bool
        }

        struct Label: Sendable {
            let id: String
            let name: String
            let rhythm: String
            let grace: String
            let positions: String
        }

        let menu: AdminMenu
        let notice: PageNotice?
        let hasAlerts: Bool
        let alerts: [Item]
        let hasChannels: Bool
        let channels: [Channel]
        let hasLabels: Bool
        let labels: [Label]
    }

    @Sendable private func list(_ request: Request, _ context: AdminContext) async throws -> Response {
        try await page(context, notice: .said(Query(request.uri.query), try renderer.words(context.language)))
    }

    @Sendable private func acknowledge(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.identifier("alert", of: "alert", as: AlertID.self)
        return try await attempt(context) { _ = try await administration.acknowledge(id, by: context.viewer) }
    }

    @Sendable private func watch(_ request: Request, _ context: AdminContext) async throws -> Response {
        let form = try await PageForm(request)
        let id = try context.labelID()
        return try await attempt(context) {
            let wish = AlertAdministration.Wish(
                rhythm: Self.hours(form["rhythm"]), grace: Self.hours(form["grace"]),
                positionsMissing: Self.percent(form["positions"]))
            _ = try await administration.watch(id, wish, by: context.viewer)
        }
    }

    /// Seconds; what is no number is out of bounds as well.
    private static func hours(_ text: String) -> TimeInterval? {
        let text = text.trimmingCharacters(in: .whitespaces).replacing(",", with: ".")
        return text.isEmpty ? nil : (Double(text) ?? -1) * 3600
    }

    private static func percent(_ text: String) -> Int? {
        let text = text.trimmingCharacters(in: .whitespaces)
        return text.isEmpty ? nil : Int(text) ?? -1
    }

    /// Redirects after success; else the same page says what to do.
    private func attempt(_ context: AdminContext, _ work: () async throws -> Void) async throws -> Response {
        do {
            try await work()
            return .redirect(seeOther: "\(AdminTabs.alerts.path)?said=alerts.saved")
        } catch let failure as Failure where failure.code == .conflict || failure.code == .unprocessable {
            let key = failure.code == .conflict ? "over" : failure.details["reason"] ?? "bad_rhythm"
            return try await page(context, notice: .bad(try renderer.words(context.language)("alerts.\(key)")))
        }
    }

    private func page(_ context: AdminContext, notice: PageNotice?) async throws -> Response {
        let words = try renderer.words(context.language)
        let alertWords = try AlertWords(context.language, folder: services.configuration.templatesFolder)
        let alerts = try await services.catalogue.alerts.list(limit: 100)
        let waiting = try await services.catalogue.alerts.waiting()
        var labels: [Content.Label] = []
        for label in try await services.catalogue.labels.list(viewer: context.viewer) {
            labels.append(view(label, try await services.catalogue.labelWatches.find(label.id)))
        }
        let channels = services.configuration.alertChannels.map { name -> Content.Channel in
            let channel = waiting.first { $0.channel == name }
            let reason = channel?.reason.map { services.sentences(context.language)($0) }
            return .init(
                name: words("alerts.channel_\(name)"),
                state: reason.map { words("alerts.channelBad", count: channel?.notices ?? 0, ["reason": $0]) }
                    ?? words("alerts.channelGood"), isBad: reason != nil)
        }
        let content = Content(
            menu: AdminTabs.alerts.menu(words), notice: notice, hasAlerts: !alerts.isEmpty,
            alerts: alerts.map { view($0, alertWords, words) }, hasChannels: !channels.isEmpty, channels: channels,
            hasLabels: !labels.isEmpty, labels: labels)
        return try renderer.response(
            .alerts, title: words("admin.alerts"), path: AdminTabs.alerts.path, visitor: PageVisitor(context),
            content: content, status: notice?.tone == "bad" ? .unprocessableContent : .ok)
    }

    private func view(_ alert: Alert, _ alertWords: AlertWords, _ words: PageWords) -> Content.Item {
        let state = alert.isOpen ? (alert.acknowledgedAt == nil ? "raised" : "acknowledged") : "recovered"
        return .init(
            id: alert.id.string, title: alertWords.title(alert), text: alertWords.text(alert),
            state: words("alerts.state_\(state)"), tone: ["raised": "bad", "recovered": "good"][state] ?? "warn",
            since: PageTime(alert.since), ended: alert.recoveredAt.map { PageTime($0) },
            mayAcknowledge: state == "raised")
    }

    private func view(_ label: CameraLabel, _ watch: LabelWatch) -> Content.Label {
        func hours(_ seconds: TimeInterval) -> String { DecimalText.text(seconds / 3600, places: 2) }
        return .init(
            id: label.id.string, name: label.name, rhythm: watch.rhythm.map(hours) ?? "",
            grace: watch.rhythm == nil ? "" : hours(watch.grace),
            positions: watch.positionsMissing.map { "\($0)" } ?? "")
    }
}
