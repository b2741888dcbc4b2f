import Catalogue
import Domain
import Foundation
import Hummingbird

/// Pictures of an upload that do not say where they were taken: a script places them from a track or on the map by the
/// API; without it, one at a time by numbers.
struct PlacePages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("uploads/:set/places", use: show)
        group.post("uploads/:set/places", use: place)
        group.post("uploads/:set/places/give-up", use: giveUp)
    }

    private struct Content: Sendable {
        struct Row: Sendable {
            let id: String
            let path: String
            let size: String
            /// As the camera's clock showed it: its own zone is not known.
            let time: String?
            /// For the script, to put it into a field.
            let clock: String?
            let lacks: String
            let question: String
            /// Where giving it up is posted.
            let action: String
        }

        let id: String
        let title: String
        let notice: PageNotice?
        let hasRows: Bool
        let lead: String
        let until: PageTime?
        let rows: [Row]
        let more: String?
        let api: String
    }

    private static let mostRows = 500

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let set = try await PlaceRoutes.editable(context, services)
        let placing = Placing(services: services, set: set, viewer: context.viewer)
        let held = try await placing.held()
        let format = PageFormat(words.language)
        let hidden = held.count - Self.mostRows
        let content = Content(
            id: set.id.string, title: set.title, notice: notice(request, words), hasRows: !held.isEmpty,
            lead: words("places.lead", count: held.count), until: held.map(\.heldUntil).min().map { PageTime($0) },
            rows: held.prefix(Self.mostRows).map { row($0, of: set, format, words) },
            more: hidden > 0 ? words("places.more", count: hidden) : nil, api: "/api/upload_sets/\(set.id)/places")
        return try renderer.response(
            .places, title: words("places.title"), path: "/uploads/\(set.id)/places", visitor: PageVisitor(context),
            content: content)
    }

    private func row(_ picture: HeldPicture, of set: UploadSet, _ format: PageFormat, _ words: PageWords) -> Content.Row
    {
        let lacks = picture.missing.map(\.rawValue).sorted().joined(separator: "_")
        let clock = picture.cameraTime.map { RFC3339.string($0) }
        return .init(
            id: picture.id.string, path: picture.path, size: format.bytes(picture.size),
            time: clock.map { $0.replacing("T", with: " ").replacing("Z", with: "") }, clock: clock,
            lacks: words("places.lacks_\(lacks)"), question: words("places.giveUpOneQuestion", ["name": picture.path]),
            action: "/uploads/\(set.id)/places/give-up")
    }

    @Sendable private func place(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let set = try await PlaceRoutes.editable(context, services)
        let (id, place) = try PlaceForm(try await PageForm(request)).given()
        try await Placing(services: services, set: set, viewer: context.viewer).place(id, at: place)
        return .redirect(seeOther: "/uploads/\(set.id)/places?placed=1")
    }

    /// Of one picture, or of all.
    @Sendable private func giveUp(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let set = try await PlaceRoutes.editable(context, services)
        let text = try await PageForm(request)["picture_id"]
        let id = PictureID(text)
        guard id != nil || text == "all" else { throw Placing.notHeld }
        let count = try await Placing(services: services, set: set, viewer: context.viewer).giveUp(id.map { [$0] })
        return .redirect(seeOther: "/uploads/\(set.id)/places?given-up=\(count)")
    }

    private func notice(_ request: Request, _ words: PageWords) -> PageNotice? {
        let query = Query(request.uri.query)
        if let count = query["placed"].flatMap({ Int($0) }), count >= 0 {
            return .good(words("places.placed", count: count))
        }
        if let count = query["given-up"].flatMap({ Int($0) }), count >= 0 {
            return .good(words("places.givenUp", count: count))
        }
        return nil
    }
}
