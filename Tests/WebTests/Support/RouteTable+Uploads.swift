import HTTPTypes

/// The ways to send pictures other than forms.
extension RouteTable {
    private static let tus: HTTPFields = [.tusResumable: "1.0.0"]
    private static let part = "application/offset+octet-stream"
    /// `a.jpg` and `Alpha-7`.
    private static let metadata = "filename YS5qcGc=,label QWxwaGEtNw=="

    static let uploads: [String: RouteCase] = [
        "POST /api/upload_sets/{set}/card": .init(
            access: .sends, path: "/api/upload_sets/{set}/card", body: #"{"files":[]}"#),
        "GET /api/upload_sets/{set}/receipt": .init(access: .decides, path: "/api/upload_sets/{set}/receipt"),
        "POST /api/upload_sets/{set}/receipt": .init(
            access: .decides, path: "/api/upload_sets/{set}/receipt", body: #"{"losses_sha256":""}"#,
            success: 409...409),
        "GET /uploads/{set}/receipt": .init(access: .decides, path: "/uploads/{set}/receipt"),
        "POST /uploads/{set}/receipt": .init(
            access: .decides, path: "/uploads/{set}/receipt", form: "losses=", success: 303...303),
        "POST /api/card_receipts/verify": .init(
            access: .signedIn, path: "/api/card_receipts/verify", body: "{}", success: 400...400),
        "GET /api/card_receipts/key": .init(access: .open, path: "/api/card_receipts/key"),
        "GET /api/camera_labels/{label}/camera": .init(
            access: .reads, path: "/api/camera_labels/{label}/camera?serial=C1"),
        "GET /guide": .init(access: .open, path: "/guide"),
        "PUT /api/upload_sets/{set}/files/{name}": .init(
            access: .sends, path: "/api/upload_sets/{set}/files/new.jpg", isPicture: true, mutates: true),

        "OPTIONS /api/uploads": .init(access: .open, path: "/api/uploads"),
        "POST /api/uploads": .init(
            access: .uploads, path: "/api/uploads",
            headers: [.tusResumable: "1.0.0", .uploadLength: "5", .uploadMetadata: metadata], mutates: true),
        // Somebody else's is not there, for administrators either.
        "GET /api/uploads/{upload}": .init(
            access: .signedIn, path: "/api/uploads/{upload}", headers: tus, success: 404...404),
        "PATCH /api/uploads/{upload}": .init(
            access: .signedIn, path: "/api/uploads/{upload}", body: "bytes",
            headers: [.tusResumable: "1.0.0", .uploadOffset: "0", .contentType: part], success: 404...404),
        "DELETE /api/uploads/{upload}": .init(
            access: .signedIn, path: "/api/uploads/{upload}", headers: tus, success: 404...404),
        "POST /api/uploads/{upload}": .init(
            access: .signedIn, path: "/api/uploads/{upload}",
            headers: [.tusResumable: "1.0.0", .methodOverride: "DELETE"], success: 404...404),

        "POST /api/collections": .init(
            access: .uploads, path: "/api/collections", body: #"{"title":"new","camera_label":"Alpha-7"}"#,
            mutates: true),
        // It was cut from an upload set, and takes no pictures by itself.
        "POST /api/collections/{collection}/items": .init(
            access: .extends, path: "/api/collections/{sequence}/items", multipart: true, success: 409...409),
    ]
}

extension HTTPField.Name {
    static let tusResumable = HTTPField.Name("Tus-Resumable") ?? .origin
    static let tusVersion = HTTPField.Name("Tus-Version") ?? .origin
    static let tusExtension = HTTPField.Name("Tus-Extension") ?? .origin
    static let tusMaxSize = HTTPField.Name("Tus-Max-Size") ?? .origin
    static let uploadOffset = HTTPField.Name("Upload-Offset") ?? .origin
    static let uploadLength = HTTPField.Name("Upload-Length") ?? .origin
    static let uploadMetadata = HTTPField.Name("Upload-Metadata") ?? .origin
    static let uploadExpires = HTTPField.Name("Upload-Expires") ?? .origin
    static let uploadChecksum = HTTPField.Name("Upload-Checksum") ?? .origin
    static let methodOverride = HTTPField.Name("X-HTTP-Method-Override") ?? .origin
    static let waysidePicture = HTTPField.Name("Wayside-Picture") ?? .origin
    static let waysideOutcome = HTTPField.Name("Wayside-Outcome") ?? .origin
    static let reprDigest = HTTPField.Name("Repr-Digest") ?? .origin
    static let contentDigest = HTTPField.Name("Content-Digest") ?? .origin
    static let wantReprDigest = HTTPField.Name("Want-Repr-Digest") ?? .origin
}
