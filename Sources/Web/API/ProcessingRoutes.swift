import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// What is done to the pictures of a label before they are shown: for administrators.
struct ProcessingRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let admin = router.group(context: AdminContext.self)
        admin.get("api/camera_labels/:label/processing", use: show)
        admin.patch("api/camera_labels/:label/processing", use: change)
        admin.post("api/camera_labels/:label/processing", use: rerun)
        admin.get("api/camera_labels/:label/logo", use: logo)
        admin.put("api/camera_labels/:label/logo", use: setLogo)
        admin.delete("api/camera_labels/:label/logo", use: removeLogo)
    }

    private var administration: ProcessingAdministration { ProcessingAdministration(catalogue: services.catalogue) }

    @Sendable private func show(_ request: Request, _ context: AdminContext) async throws -> Response {
        try await document(of: try context.labelID())
    }

    /// The members that are named, for pictures that are worked on from now on.
    @Sendable private func change(_ request: Request, _ context: AdminContext) async throws -> Response {
        let id = try context.labelID(), body = try await request.decodeJSON(AnyJSON.self)
        try await administration.change(id, try ProcessingDocument.settings(body.value), by: context.viewer)
        return try await document(of: id)
    }

    /// Has the pictures that are here made anew, where their original is.
    @Sendable private func rerun(_ request: Request, _ context: AdminContext) async throws -> Response {
        let reach = try await administration.rerun(try context.labelID(), by: context.viewer)
        services.wake()
        return .json(["pictures": .int(reach.owed), "without_original": .int(reach.kept)], status: .accepted)
    }

    @Sendable private func logo(_ request: Request, _ context: AdminContext) async throws -> Response {
        guard let png = try await services.catalogue.processing.logo(of: try context.labelID()) else {
            throw Failure.notFound("logo")
        }
        return Response(
            status: .ok,
            headers: [.contentType: "image/png", .cacheControl: "private, no-cache", .xContentTypeOptions: "nosniff"],
            body: ResponseBody(byteBuffer: .init(bytes: png)))
    }

    @Sendable private func setLogo(_ request: Request, _ context: AdminContext) async throws -> Response {
        try request.refuseContentEncoding()
        let buffer = try await request.body.collect(upTo: LogoPlace.largestFile)
        let id = try context.labelID()
        guard buffer.readableBytes > 0 else {
            throw Failure(.unprocessable, "A logo is a PNG picture.", details: ["reason": "bad_logo"])
        }
        try await administration.change(id, [:], logo: Data(buffer.readableBytesView), by: context.viewer)
        return try await document(of: id)
    }

    @Sendable private func removeLogo(_ request: Request, _ context: AdminContext) async throws -> Response {
        try await administration.change(try context.labelID(), [:], logo: Data(), by: context.viewer)
        return .noContent
    }

    private func document(of id: CameraLabelID) async throws -> Response {
        let rule = try await services.catalogue.processing.rule(of: id)
        let hasLogo = try await services.catalogue.processing.logo(of: id) != nil
        return .json(ProcessingDocument(rule, hasLogo: hasLogo).json)
    }
}
