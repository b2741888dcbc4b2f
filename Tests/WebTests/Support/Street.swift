import Catalogue
import Domain
import Foundation
import TestSupport

/// A server with two labels, one picture under each, and an account for each way of asking.
struct Street: Sendable {
    /// Who asks: in (granted the label that the picture is under) or out (granted the other one).
    enum Who: String, CaseIterable, Sendable {
        case guest, viewerIn, viewerOut, fieldIn, fieldOut, managerIn, managerOut, admin

        var isIn: Bool { rawValue.hasSuffix("In") || self == .admin }

        fileprivate var role: Role {
            switch self {
            case .guest, .viewerIn, .viewerOut: .viewer
            case .fieldIn, .fieldOut: .field
            case .managerIn, .managerOut: .manager
            case .admin: .admin
            }
        }
    }

    let server: TestServer
    let label: CameraLabel
    let owner: Account
    let set: UploadSet
    let picture: PictureID
    let sequence: SequenceID
    /// Made by the owner, and closed.
    let report: ReportID
    /// One of the instance's and one of the owner's, far from the picture.
    let area: ExcludedArea
    let ownArea: ExcludedArea
    /// For something that the owner had deleted.
    let receipt: ErasureID
    /// Of something that the owner has deleted and may take back.
    let removal: RemovalID
    /// Of the label, to a folder.
    let route: RouteID
    /// Begun by the owner, without a byte.
    let upload: PartialUploadID
    /// On the picture.
    let annotation: AnnotationID
    /// Of the label alone.
    let scheme: ClassSchemeID
    let asking: Account?
    let token: String?

    /// What the answers to those without a grant must not hold.
    let secrets: [String]

    /// A path of the route table with everything but tokens filled in.
    func fill(_ text: String) -> String {
        let values = [
            "picture": picture.string, "sequence": sequence.string, "set": set.id.string, "label": label.id.string,
            "owner": owner.id.string, "annotation": annotation.string, "report": report.string,
            "area": area.id.string, "ownArea": ownArea.id.string, "receipt": receipt.string,
            "removal": removal.string,
            "route": route.string, "upload": upload.text, "scheme": scheme.string,
        ]
        return values.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    /// - Parameter clock: the real one when absent.
    init(_ who: Who, clock: TestClock? = nil) async throws {
        server = try await TestServer(clock: clock)
        let test = server.test
        label = try await test.addLabel("Alpha-7")
        let other = try await test.addLabel("Beta-9")
        owner = try await test.addAccount("olga-owner", .field, grants: [label])
        let added = try await test.addPreparedPictures(
            [TestPicture("DCIM/100GOPRO/HIDDEN_0001.JPG", type: .equirectangular)], by: owner, label: label,
            title: "secret-trip")
        set = added.set
        guard let picture = added.pictures.first,
            let sequence = try await test.catalogue.pictures.find(picture, viewer: .system)?.sequenceID
        else { throw Failure(.internalError, "The street was not made.") }
        self.picture = picture
        self.sequence = sequence
        let draft = try ReportDraft(
            issue: .mislocated, target: .picture(picture), comments: "whispered words", email: nil)
        let moment = TestCatalogue.epoch
        report = try await test.catalogue.reports.make(
            draft, viewer: owner.viewer, quota: HourlyQuota(.reports, of: "test", limit: 1), at: moment
        ).id
        try await test.catalogue.reports.restore(report, as: .ignored, by: .system, at: moment)
        try await test.process()
        try await server.fillStore(for: picture)
        let far = try GeoShape(coordinates: [[[[20, 20], [21, 20], [21, 21], [20, 20]]]])
        area = ExcludedArea(label: "secret-yard", shape: far)
        ownArea = ExcludedArea(accountID: owner.id, label: "olgas-home", shape: far)
        for area in [area, ownArea] { _ = try await test.catalogue.areas.add(area) }
        let gone = try await test.addUploadSet(by: owner, label: label)
        receipt = try await test.catalogue.uploadSets.delete(gone.id, by: owner.viewer)
        let waiting = try await test.addUploadSet(by: owner, label: label, title: "secret-removal")
        try await test.admit(TestPicture("secret-removed.jpg"), to: waiting)
        let done = try await test.catalogue.removals.remove(waiting.id, until: .distantFuture, by: owner.viewer)
        guard let removal = done.removal else { throw Failure(.internalError, "The street was not made.") }
        self.removal = removal
        annotation = try await test.catalogue.annotations.add(
            Polygon(x: 10, y: 10, width: 20, height: 20), to: picture,
            tags: [SemanticTag(key: "secret-key", value: "secret-value")], by: owner.viewer
        ).id
        let classes = try ClassScheme(
            name: "secret-classes", key: "state", subject: .picture,
            classes: [try PictureClass(value: "good", english: "", french: "", colour: "#2a9d5c", digit: 1)],
            labels: [label.id])
        try await test.catalogue.classes.create(classes, by: .system)
        scheme = classes.id
        let mirror = DestinationConfiguration.directory(DirectoryPlace(path: "/secret-mirror"))
        route = try await test.catalogue.routes.create(
            Route(
                name: "secret-route", labels: [label.id], contents: [.hd],
                destinations: [RouteDestination(configuration: mirror)])
        ).id
        let begun = PartialUpload(
            accountID: owner.id, labelID: label.id, uploadSetID: set.id, name: "secret-part.jpg", length: 5,
            stagedName: "not-there.jpg", createdAt: .now, expiresAt: .now.addingTimeInterval(600))
        try await test.catalogue.partialUploads.begin(begun, within: PartialUploadRules())
        upload = begun.id
        if who == .guest {
            asking = nil
            token = nil
        } else {
            let grants = who == .admin ? [] : [who.isIn ? label : other]
            let account = try await test.addAccount("asking-\(who.rawValue)", who.role, grants: grants)
            asking = account
            token = try await server.token(of: account)
        }
        secrets = [
            picture.string, sequence.string, added.set.id.string, label.id.string, owner.id.string, "Alpha-7",
            "olga-owner", "secret-trip", "HIDDEN_0001", report.string, "whispered words",
            area.id.string, ownArea.id.string, "secret-yard", "olgas-home",
            receipt.string, removal.string, "secret-removal", "secret-removed", upload.text, "secret-part",
            route.string, "secret-route", "secret-mirror",
            annotation.string, scheme.string, "secret-classes", "secret-key", "secret-value",
        ]
    }
}
