import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// What is done to the pictures of one camera label before they are shown: for administrators.
struct AdminProcessingPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("admin/labels/:label/processing", use: show)
        group.post("admin/labels/:label/processing", use: change)
        group.post("admin/labels/:label/processing/run", use: rerun)
    }

    private var administration: ProcessingAdministration { ProcessingAdministration(catalogue: services.catalogue) }

    private struct Content: Sendable {
        struct Field: Sendable {
            let name: String
            let title: String
            let hint: String
            let value: String
        }

        /// The newest picture, and where what would be kept lies on it.
        struct Preview: Sendable {
            let picture: String
            let width: String
            let height: String
            let outline: String
            let size: String
        }

        let tabs: [PageTab]
        let notice: PageNotice?
        let id: String
        let name: String
        let fields: [Field]
        let hasLogo: Bool
        let preview: Preview?
    }

    /// With settings in the address the page shows what they would do, and nothing is changed.
    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.labelID(), query = Query(request.uri.query), words = try renderer.words(context.language)
        var rule = try await services.catalogue.processing.rule(of: id)
        do {
            for setting in ProcessingSetting.allCases {
                if let text = query[setting.rawValue] { try setting.set(text, in: &rule) }
            }
            return try await page(context, try rule.validated(), notice: .said(query, words))
        } catch let failure as Failure where failure.code == .unprocessable {
            return try await page(context, rule, notice: .bad(services.sentences(context.language)(failure.message)))
        }
    }

    @Sendable private func change(_ request: Request, _ context: AdminContext) async throws -> Response {
        let form = try await PageForm(request), id = try context.labelID()
        var settings: [ProcessingSetting: String] = [:]
        for setting in ProcessingSetting.allCases { settings[setting] = form[setting.rawValue] }
        do {
            try await administration.change(id, settings, by: context.viewer)
            return .redirect(seeOther: "/admin/labels/\(id)/processing?said=processing.saved")
        } catch let failure as Failure where failure.code == .unprocessable {
            var rule = try await services.catalogue.processing.rule(of: id)
            for (setting, text) in settings { try? setting.set(text, in: &rule) }
            return try await page(context, rule, notice: .bad(services.sentences(context.language)(failure.message)))
        }
    }

    @Sendable private func rerun(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.labelID()
        _ = try await administration.rerun(id, by: context.viewer)
        services.wake()
        return .redirect(seeOther: "/admin/labels/\(id)/processing?said=processing.run")
    }

    private func page(_ context: AdminContext, _ rule: FirstProcessing, notice: PageNotice?) async throws -> Response {
        let id = try context.labelID(), words = try renderer.words(context.language)
        guard let label = try await services.catalogue.labels.find(id, viewer: context.viewer) else {
            throw Failure.notFound("camera label")
        }
        let content = Content(
            tabs: AdminTabs.labels.all(words), notice: notice, id: id.string, name: label.name,
            fields: ProcessingSetting.allCases.map { setting in
                let key = setting.rawValue.replacing("-", with: "_")
                return .init(
                    name: setting.rawValue, title: words("processing.\(key)"), hint: words("processing.\(key)_hint"),
                    value: setting.text(of: rule))
            },
            hasLogo: try await services.catalogue.processing.logo(of: id) != nil,
            preview: try await preview(rule, of: id, context.viewer))
        return try renderer.response(
            .labelProcessing, title: label.name, path: "/admin/labels/\(id)/processing",
            visitor: PageVisitor(context), content: content,
            status: notice?.tone == "bad" ? .unprocessableContent : .ok)
    }

    private func preview(
        _ rule: FirstProcessing, of label: CameraLabelID, _ viewer: Viewer
    ) async throws -> Content.Preview? {
        let newest = try await services.catalogue.pictures.newest(of: label, limit: 1, viewer: viewer)
        guard let picture = newest.first, let tags = picture.tags else { return nil }
        let known = try await services.catalogue.processing.frame(of: picture.id).frame
        let after = try rule.frame(
            ofWidth: known?.sourceWidth ?? tags.width, height: known?.sourceHeight ?? tags.height, type: tags.type)
        let (width, height) = (after?.width ?? tags.width, after?.height ?? tags.height)
        let map = FrameChange(before: known, after: after, settles: false).map.inverse
        let corners = map(Polygon(x: 0, y: 0, width: Double(width), height: Double(height))).points
        return .init(
            picture: picture.id.string, width: "\(tags.width)", height: "\(tags.height)",
            outline: corners.map { "\(Int($0.x.rounded())),\(Int($0.y.rounded()))" }.joined(separator: " "),
            size: "\(width) × \(height)")
    }
}
