import Catalogue
import Domain
import Foundation
import Hummingbird

/// What is hidden in the pictures of one camera label, for administrators.
struct AdminPolicyPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: AdminContext.self)
        group.get("admin/labels/:label", use: show)
        group.post("admin/labels/:label/hidden", use: setHidden)
        group.post("admin/labels/:label/rows", use: setRows)
        group.post("admin/labels/:label/mounting", use: setMounting)
        group.post("admin/labels/:label/masks", use: addMask)
        group.post("admin/labels/:label/masks/delete", use: deleteMask)
    }

    /// Pictures to choose from for drawing.
    private static let samples = 12

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        let query = Query(request.uri.query)
        let words = try renderer.words(context.language)
        return try await page(context, picture: query["picture"], notice: .said(query, words))
    }

    @Sendable private func setHidden(_ request: Request, _ context: AdminContext) async throws -> Response {
        let form = try await PageForm(request)
        return try await change(form, context, part: "hidden") { policy in
            try PolicySetting.preset.set(form["redaction"], in: &policy)
            let classes = form["classes"].split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
            policy.subjects = ["face", "plate"].filter { form[$0] == "yes" } + classes
            policy.face.threshold = try Self.number(form["face-threshold"])
            policy.face.margin = try Self.number(form["face-margin"]).map { $0 / 100 }
            policy.plate.threshold = try Self.number(form["plate-threshold"])
            policy.plate.margin = try Self.number(form["plate-margin"]).map { $0 / 100 }
        }
    }

    @Sendable private func setRows(_ request: Request, _ context: AdminContext) async throws -> Response {
        let form = try await PageForm(request)
        return try await change(form, context, part: "rows") { policy in
            policy.rows.skyUntil = (try Self.number(form["sky-until"]) ?? 0) / 100
            policy.rows.bonnetFrom = (try Self.number(form["bonnet-from"]) ?? 100) / 100
        }
    }

    @Sendable private func setMounting(_ request: Request, _ context: AdminContext) async throws -> Response {
        let form = try await PageForm(request), id = try context.labelID()
        do {
            let zone = form["clock-zone"].trimmed
            let mounting = try CameraMounting(
                relativeHeading: try Self.number(form["relative-heading"]), clockZone: zone.isEmpty ? nil : zone)
            _ = try await LabelAdministration(catalogue: services.catalogue).mount(id, mounting, by: context.viewer)
            return .redirect(seeOther: "/admin/labels/\(id)?said=policy.mounted#mounting")
        } catch let failure as Failure where failure.code == .unprocessable {
            let words = try renderer.words(context.language)
            return try await page(context, picture: nil, notice: .bad(words("policy.bad_mounting")))
        }
    }

    @Sendable private func addMask(_ request: Request, _ context: AdminContext) async throws -> Response {
        let form = try await PageForm(request)
        // It was drawn on a picture that may show a part of what the camera sees.
        let frame = try await frame(of: PictureID(form["picture"]))
        return try await change(form, context, part: "masks") { policy in
            do {
                let drawn = try Polygon(text: form["points"])
                policy.masks.append(frame.map { $0.shownParts.inverse(drawn).mapped(Self.inside) } ?? drawn)
            } catch let failure as Failure {
                throw Failure(failure.code, failure.message, details: ["reason": "masks"])
            }
        }
    }

    private func frame(of picture: PictureID?) async throws -> PictureFrame? {
        guard let picture else { return nil }
        return try await services.catalogue.processing.frame(of: picture).frame
    }

    /// Without what rounding put beyond an edge.
    private static func inside(_ point: Polygon.Point) -> Polygon.Point {
        let near = { (value: Double) in value < 0 && value > -1e-6 ? 0 : value > 1 && value < 1 + 1e-6 ? 1 : value }
        return .init(x: near(point.x), y: near(point.y))
    }

    /// A mask is named by its points: its place in the list may have become another's.
    @Sendable private func deleteMask(_ request: Request, _ context: AdminContext) async throws -> Response {
        let form = try await PageForm(request)
        return try await change(form, context, part: "masks") { policy in
            policy.masks.removeAll { $0.text == form["points"] }
        }
    }

    /// A number of a form; nothing is the model's own.
    private static func number(_ text: String) throws -> Double? {
        guard !text.trimmed.isEmpty else { return nil }
        guard let number = Double(text.replacing(",", with: ".").trimmed), number.isFinite else {
            throw Failure(.unprocessable, "That is no number.", details: ["reason": "number"])
        }
        return number
    }

    /// Redirects to the changed part after success; else the same page says what was wrong.
    private func change(
        _ form: PageForm, _ context: AdminContext, part: String,
        _ change: @escaping @Sendable (inout RedactionPolicy) throws -> Void
    ) async throws -> Response {
        let id = try context.labelID()
        do {
            _ = try await LabelAdministration(catalogue: services.catalogue).update(
                id, confirmsNoRedaction: form["confirm"] == "yes", by: context.viewer, changing: change)
            let picture = PictureID(form["picture"]).map { "&picture=\($0)" } ?? ""
            return .redirect(seeOther: "/admin/labels/\(id)?said=policy.saved\(picture)#\(part)")
        } catch let failure as Failure where failure.code == .unprocessable {
            let words = try renderer.words(context.language)
            let reason = failure.details["reason"] ?? "number"
            return try await page(context, picture: form["picture"], notice: .bad(words("policy.bad_\(reason)")))
        }
    }

    private func page(_ context: AdminContext, picture: String?, notice: PageNotice?) async throws -> Response {
        let id = try context.labelID()
        guard let label = try await services.catalogue.labels.find(id, viewer: context.viewer) else {
            throw Failure.notFound("camera label")
        }
        let words = try renderer.words(context.language)
        let newest = try await services.catalogue.pictures.newest(
            of: id, limit: Self.samples, viewer: context.viewer)
        let chosen = try await sample(picture, of: label, context.viewer) ?? newest.first
        let frame = try await self.frame(of: chosen?.id)
        let content = PolicyPageContent(label, sample: chosen, frame: frame, among: newest, notice: notice, words)
        return try renderer.response(
            .labelPolicy, title: label.name, path: "/admin/labels/\(id)", visitor: PageVisitor(context),
            content: content, status: notice?.tone == "bad" ? .unprocessableContent : .ok)
    }

    /// The picture that was asked for, if it is a prepared one of the label.
    private func sample(_ text: String?, of label: CameraLabel, _ viewer: Viewer) async throws -> Picture? {
        guard let id = text.flatMap({ PictureID($0) }),
            let picture = try await services.catalogue.pictures.find(id, viewer: viewer),
            picture.labelID == label.id, picture.status == .prepared, picture.tags != nil
        else { return nil }
        return picture
    }
}
