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
        group.post("admin/labels/:label/logo", use: setLogo)
    }

    private var administration: ProcessingAdministration { ProcessingAdministration(catalogue: services.catalogue) }

    private struct Content: Sendable {
        let menu: AdminMenu
        let notice: PageNotice?
        let id: String
        let name: String
        let fields: [ProcessingField]
        let hasLogo: Bool
        let preview: ProcessingPreview?
    }

    /// With settings in the address the page shows what they would do, and nothing is changed.
    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.labelID(), query = Query(request.uri.query), words = try renderer.words(context.language)
        var rule = try await services.catalogue.processing.rule(of: id)
        do {
            // What is not ticked is not there: so it counts once the form was sent.
            if query[ProcessingSetting.crop.rawValue] != nil {
                for setting in ProcessingSetting.allCases {
                    let values = query.all.filter { $0.name == setting.rawValue }.map(\.value)
                    try setting.set(ProcessingField.text(values), in: &rule)
                }
            }
            return try await page(context, try rule.validated(), notice: .said(query, words))
        } catch let failure as Failure where failure.code == .unprocessable {
            return try await page(context, rule, notice: .bad(services.sentences(context.language)(failure.message)))
        }
    }

    @Sendable private func change(_ request: Request, _ context: AdminContext) async throws -> Response {
        let form = try await PageForm(request), id = try context.labelID()
        var settings: [ProcessingSetting: String] = [:]
        for setting in ProcessingSetting.allCases {
            settings[setting] = ProcessingField.text(form.all(setting.rawValue))
        }
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

    /// A file that was chosen; or none any more, from the other form.
    @Sendable private func setLogo(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.labelID()
        var logo = Data(), said = "logoRemoved"
        if let chosen = try await PageFile.read("logo", request, upTo: LogoPlace.largestFile) {
            (logo, said) = (chosen, "logoSaved")
        } else {
            _ = try await PageForm(request)
        }
        do {
            guard said == "logoRemoved" || !logo.isEmpty else {
                throw Failure(.unprocessable, "A logo is a PNG picture.", details: ["reason": "bad_logo"])
            }
            try await administration.change(id, [:], logo: logo, by: context.viewer)
            return .redirect(seeOther: "/admin/labels/\(id)/processing?said=processing.\(said)")
        } catch let failure as Failure where failure.code == .unprocessable {
            let rule = try await services.catalogue.processing.rule(of: id)
            return try await page(context, rule, notice: .bad(services.sentences(context.language)(failure.message)))
        }
    }

    private func page(_ context: AdminContext, _ rule: FirstProcessing, notice: PageNotice?) async throws -> Response {
        let id = try context.labelID(), words = try renderer.words(context.language)
        guard let label = try await services.catalogue.labels.find(id, viewer: context.viewer) else {
            throw Failure.notFound("camera label")
        }
        let logo = try await services.catalogue.processing.logo(of: id)
        let (preview, reason) = try await self.preview(rule, of: label, logo, context.viewer)
        let notice = notice ?? reason.map { PageNotice.bad(services.sentences(context.language)($0)) }
        let content = Content(
            menu: AdminTabs.labels.menu(words), notice: notice, id: id.string, name: label.name,
            fields: ProcessingSetting.allCases.map { ProcessingField($0, of: rule, words) },
            hasLogo: logo != nil, preview: preview)
        return try renderer.response(
            .labelProcessing, title: label.name, path: "/admin/labels/\(id)/processing",
            visitor: PageVisitor(context), content: content,
            status: notice?.tone == "bad" ? .unprocessableContent : .ok)
    }

    /// What the rule makes of the newest picture, and why there is nothing to show when it does not fit.
    private func preview(
        _ rule: FirstProcessing, of label: CameraLabel, _ logo: Data?, _ viewer: Viewer
    ) async throws -> (preview: ProcessingPreview?, reason: String?) {
        let newest = try await services.catalogue.pictures.newest(of: label.id, limit: 1, viewer: viewer)
        guard let picture = newest.first, let tags = picture.tags else { return (nil, nil) }
        let known = try await services.catalogue.processing.frame(of: picture.id).frame
        do {
            return (
                try ProcessingPreview(
                    rule, of: picture, tags, known: known, label: label.name,
                    logo: logo.flatMap { ProcessingAdministration.size(ofLogo: $0) }), nil
            )
        } catch let failure as Failure where failure.code == .unprocessable {
            return (nil, failure.message)
        }
    }
}
