/// Every route of the server with what it must answer. A route that is missing here fails the test.
enum RouteTable {
    static let cases: [String: RouteCase] = [
        api, administration, delivery, pages, places, views, classes, people, uploads, exports, reports, maps, removals,
    ]
    .reduce(into: [:]) { $0.merge($1) { first, _ in first } }

    private static let api: [String: RouteCase] = [
        "GET /api": .init(access: .open, path: "/api"),
        "GET /api/live": .init(access: .open, path: "/api/live"),
        "GET /api/conformance": .init(access: .open, path: "/api/conformance"),
        "GET /api/configuration": .init(access: .open, path: "/api/configuration"),
        "GET /api/docs": .init(access: .open, path: "/api/docs"),
        "GET /api/docs/swagger": .init(access: .open, path: "/api/docs/swagger", success: 303...303),
        "GET /api/docs/openapi.json": .init(access: .open, path: "/api/docs/openapi.json"),
        "GET /api/docs/openapi.yaml": .init(access: .open, path: "/api/docs/openapi.yaml"),
        "GET /api/queryables": .init(access: .signedIn, path: "/api/queryables"),
        "GET /api/children": .init(access: .signedIn, path: "/api/children"),
        "GET /api/camera_labels/{label}/catalog": .init(access: .reads, path: "/api/camera_labels/{label}/catalog"),
        "GET /api/collections/queryables": .init(access: .signedIn, path: "/api/collections/queryables"),
        "GET /api/collections/{collection}/queryables": .init(
            access: .reads, path: "/api/collections/{sequence}/queryables"),
        "GET /api/collections/{collection}/catalog": .init(
            access: .reads, path: "/api/collections/{sequence}/catalog"),

        "GET /api/configuration/excluded_areas": .init(access: .signedIn, path: "/api/configuration/excluded_areas"),
        "POST /api/configuration/excluded_areas": .init(
            access: .admin, path: "/api/configuration/excluded_areas", body: area, mutates: true),
        "PUT /api/configuration/excluded_areas": .init(
            access: .admin, path: "/api/configuration/excluded_areas?invert=true",
            body: #"{"type":"FeatureCollection","features":[\#(area)]}"#, mutates: true),
        "DELETE /api/configuration/excluded_areas/{area}": .init(
            access: .admin, path: "/api/configuration/excluded_areas/{area}", mutates: true),
        "GET /api/users/me/excluded_areas": .init(access: .signedIn, path: "/api/users/me/excluded_areas"),
        "POST /api/users/me/excluded_areas": .init(
            access: .signedIn, path: "/api/users/me/excluded_areas", body: area, mutates: true),
        // Somebody else's area is not there.
        "DELETE /api/users/me/excluded_areas/{area}": .init(
            access: .signedIn, path: "/api/users/me/excluded_areas/{ownArea}", success: 404...404),
        "GET /api/receipts": .init(access: .signedIn, path: "/api/receipts"),
        // Who asked for it sees it too; nobody here did.
        "GET /api/receipts/{receipt}": .init(access: .admin, path: "/api/receipts/{receipt}"),

        "GET /api/camera_labels": .init(access: .signedIn, path: "/api/camera_labels"),
        "POST /api/camera_labels": .init(
            access: .admin, path: "/api/camera_labels", body: #"{"name":"Gamma-1"}"#, mutates: true),
        "GET /api/camera_labels/{label}": .init(access: .reads, path: "/api/camera_labels/{label}"),
        "PATCH /api/camera_labels/{label}": .init(
            access: .admin, path: "/api/camera_labels/{label}", body: #"{"redaction":"thorough"}"#, mutates: true),
        "GET /api/camera_labels/{label}/grants": .init(access: .admin, path: "/api/camera_labels/{label}/grants"),
        "PUT /api/camera_labels/{label}/grants/{account}": .init(
            access: .admin, path: "/api/camera_labels/{label}/grants/{owner}", mutates: true),
        "DELETE /api/camera_labels/{label}/grants/{account}": .init(
            access: .admin, path: "/api/camera_labels/{label}/grants/{owner}", mutates: true),

        "GET /api/camera_labels/{label}/originals": .init(
            access: .admin, path: "/api/camera_labels/{label}/originals"),
        "PUT /api/camera_labels/{label}/originals": .init(
            access: .admin, path: "/api/camera_labels/{label}/originals", body: #"{"policy":"keep"}"#, mutates: true),
        "DELETE /api/camera_labels/{label}/originals": .init(
            access: .admin, path: "/api/camera_labels/{label}/originals", mutates: true),
        "GET /api/sealing_keys": .init(access: .admin, path: "/api/sealing_keys"),
        "POST /api/sealing_keys": .init(
            access: .admin, path: "/api/sealing_keys", body: #"{"name":"safe","public_key":"none"}"#,
            success: 422...422),

        "POST /api/upload_sets": .init(
            access: .uploads, path: "/api/upload_sets", body: #"{"title":"new","camera_label":"Alpha-7"}"#,
            mutates: true),
        "GET /api/upload_sets/{set}": .init(access: .manages, path: "/api/upload_sets/{set}"),
        "PATCH /api/upload_sets/{set}": .init(
            access: .manages, path: "/api/upload_sets/{set}", body: #"{"title":"renamed"}"#, mutates: true),
        "DELETE /api/upload_sets/{set}": .init(access: .manages, path: "/api/upload_sets/{set}", mutates: true),
        "POST /api/upload_sets/{set}/complete": .init(
            access: .manages, path: "/api/upload_sets/{set}/complete", mutates: true),
        "GET /api/upload_sets/{set}/files": .init(access: .manages, path: "/api/upload_sets/{set}/files"),
        "POST /api/upload_sets/{set}/files": .init(
            access: .sends, path: "/api/upload_sets/{set}/files", multipart: true, mutates: true),
        "POST /api/upload_sets/{set}/known_files": .init(
            access: .manages, path: "/api/upload_sets/{set}/known_files", body: #"{"files":[],"sha256":[]}"#),

        "GET /api/collections": .init(access: .signedIn, path: "/api/collections"),
        "POST /api/collections/{collection}/prepare": .init(
            access: .edits, path: "/api/collections/{sequence}/prepare"),
        "GET /api/collections/{collection}/geovisio_status": .init(
            access: .reads, path: "/api/collections/{sequence}/geovisio_status"),
        "GET /api/collections/{collection}": .init(access: .reads, path: "/api/collections/{sequence}"),
        "PATCH /api/collections/{collection}": .init(
            access: .edits, path: "/api/collections/{sequence}", body: #"{"title":"renamed"}"#, mutates: true),
        "DELETE /api/collections/{collection}": .init(
            access: .edits, path: "/api/collections/{sequence}", mutates: true),
        "GET /api/collections/{collection}/thumb.jpg": .init(
            access: .reads, path: "/api/collections/{sequence}/thumb.jpg"),
        "GET /api/collections/{collection}/items": .init(access: .reads, path: "/api/collections/{sequence}/items"),
        "GET /api/collections/{collection}/items/{picture}": .init(
            access: .reads, path: "/api/collections/{sequence}/items/{picture}"),
        "PATCH /api/collections/{collection}/items/{picture}": .init(
            access: .edits, path: "/api/collections/{sequence}/items/{picture}", body: #"{"visibility":"owner-only"}"#,
            mutates: true),
        "DELETE /api/collections/{collection}/items/{picture}": .init(
            access: .edits, path: "/api/collections/{sequence}/items/{picture}", mutates: true),
        // It is not broken, so that there is nothing to try again.
        "POST /api/collections/{collection}/items/{picture}/prepare": .init(
            access: .edits, path: "/api/collections/{sequence}/items/{picture}/prepare", success: 409...409),

        "POST /api/pictures/edit": .init(
            access: .mayUpload, path: "/api/pictures/edit",
            body: #"{"search":{"ids":["{picture}"]},"visibility":"owner-only"}"#, mutates: true),
        "POST /api/pictures/delete": .init(
            access: .mayUpload, path: "/api/pictures/delete", body: #"{"search":{"ids":["{picture}"]}}"#, mutates: true),
        "POST /api/pictures/prepare": .init(
            access: .mayUpload, path: "/api/pictures/prepare", body: #"{"search":{"ids":["{picture}"]}}"#),
        // There is only one sequence, of one picture.
        "POST /api/collections/merge": .init(
            access: .edits, path: "/api/collections/merge", body: #"{"collections":["{sequence}"]}"#,
            success: 422...422),
        "POST /api/collections/{collection}/split": .init(
            access: .edits, path: "/api/collections/{sequence}/split", body: #"{"item":"{picture}"}"#,
            success: 422...422),
        "GET /api/pictures/{picture}": .init(access: .reads, path: "/api/pictures/{picture}"),
        "DELETE /api/pictures/{picture}": .init(access: .edits, path: "/api/pictures/{picture}", mutates: true),
        "GET /api/pictures/{picture}/hd.jpg": .init(access: .reads, path: "/api/pictures/{picture}/hd.jpg"),
        "GET /api/pictures/{picture}/sd.jpg": .init(access: .reads, path: "/api/pictures/{picture}/sd.jpg"),
        "GET /api/pictures/{picture}/thumb.jpg": .init(access: .reads, path: "/api/pictures/{picture}/thumb.jpg"),
        "GET /api/pictures/{picture}/tiled/{tile}.jpg": .init(
            access: .reads, path: "/api/pictures/{picture}/tiled/1_0.jpg"),

        "GET /api/pictures/{picture}/redactions": .init(access: .edits, path: "/api/pictures/{picture}/redactions"),
        "POST /api/pictures/{picture}/redactions": .init(
            access: .edits, path: "/api/pictures/{picture}/redactions", body: #"{"bbox":[10,10,99,99]}"#, mutates: true),
        // The picture has no redactions that could be removed.
        "DELETE /api/pictures/{picture}/redactions/{redaction}": .init(
            access: .edits, path: "/api/pictures/{picture}/redactions/{set}", success: 404...404),
        "POST /api/pictures/{picture}/redactions/{redaction}/removal": .init(
            access: .edits, path: "/api/pictures/{picture}/redactions/{set}/removal", body: "", success: 404...404),
        "GET /api/collections/{collection}/items/{picture}/redactions": .init(
            access: .edits, path: "/api/collections/{sequence}/items/{picture}/redactions"),
        "POST /api/collections/{collection}/items/{picture}/redactions": .init(
            access: .edits, path: "/api/collections/{sequence}/items/{picture}/redactions",
            body: #"{"bbox":[10,10,99,99]}"#, mutates: true),
        "DELETE /api/collections/{collection}/items/{picture}/redactions/{redaction}": .init(
            access: .edits, path: "/api/collections/{sequence}/items/{picture}/redactions/{set}", success: 404...404),
        "POST /api/collections/{collection}/items/{picture}/redactions/{redaction}/removal": .init(
            access: .edits, path: "/api/collections/{sequence}/items/{picture}/redactions/{set}/removal", body: "",
            success: 404...404),
        "GET /api/collections/{collection}/redact": .init(
            access: .edits, path: "/api/collections/{sequence}/redact"),
        "POST /api/collections/{collection}/redact": .init(
            access: .edits, path: "/api/collections/{sequence}/redact", body: "{}", mutates: true),
        "GET /api/camera_labels/{label}/redact": .init(access: .edits, path: "/api/camera_labels/{label}/redact"),
        "POST /api/camera_labels/{label}/redact": .init(
            access: .edits, path: "/api/camera_labels/{label}/redact", body: "{}", mutates: true),
        // Nobody here owns it, and there is none: whoever asks must not be able to tell. See OriginalTests.
        "GET /api/pictures/{picture}/original": .init(
            access: .signedIn, path: "/api/pictures/{picture}/original", success: 404...404),
        "GET /api/pictures/{picture}/raw": .init(
            access: .signedIn, path: "/api/pictures/{picture}/raw", success: 404...404),
        "GET /api/pictures/{picture}/annotations": .init(access: .reads, path: "/api/pictures/{picture}/annotations"),
        "POST /api/pictures/{picture}/annotations": .init(
            access: .edits, path: "/api/pictures/{picture}/annotations",
            body: #"{"shape":[1,2,3,4],"semantics":[{"key":"a","value":"b"}]}"#, mutates: true),
        "GET /api/collections/{collection}/items/{picture}/annotations": .init(
            access: .reads, path: "/api/collections/{sequence}/items/{picture}/annotations"),
        "POST /api/collections/{collection}/items/{picture}/annotations": .init(
            access: .edits, path: "/api/collections/{sequence}/items/{picture}/annotations",
            body: #"{"shape":[1,2,3,4],"semantics":[{"key":"a","value":"b"}]}"#, mutates: true),
        "GET /api/annotations/{annotation}": .init(access: .reads, path: "/api/annotations/{annotation}"),
        "PATCH /api/annotations/{annotation}": .init(
            access: .edits, path: "/api/annotations/{annotation}",
            body: #"{"semantics":[{"action":"add","key":"a","value":"b"}]}"#, mutates: true),
        "DELETE /api/annotations/{annotation}": .init(
            access: .edits, path: "/api/annotations/{annotation}", mutates: true),
        "GET /api/collections/{collection}/items/{picture}/annotations/{annotation}": .init(
            access: .reads, path: "/api/collections/{sequence}/items/{picture}/annotations/{annotation}"),
        "PATCH /api/collections/{collection}/items/{picture}/annotations/{annotation}": .init(
            access: .edits, path: "/api/collections/{sequence}/items/{picture}/annotations/{annotation}",
            body: #"{"semantics":[{"action":"add","key":"a","value":"b"}]}"#, mutates: true),
        "DELETE /api/collections/{collection}/items/{picture}/annotations/{annotation}": .init(
            access: .edits, path: "/api/collections/{sequence}/items/{picture}/annotations/{annotation}",
            mutates: true),
        "GET /api/upload_sets/{set}/semantics/history": .init(
            access: .manages, path: "/api/upload_sets/{set}/semantics/history"),
        "GET /api/collections/{collection}/semantics/history": .init(
            access: .edits, path: "/api/collections/{sequence}/semantics/history"),
        "GET /api/pictures/{picture}/semantics/history": .init(
            access: .edits, path: "/api/pictures/{picture}/semantics/history"),

        "GET /api/search": .init(access: .signedIn, path: "/api/search?bbox=2,48,3,49"),
        "POST /api/search": .init(access: .signedIn, path: "/api/search", body: #"{"bbox":[2,48,3,49]}"#),
    ]

    private static let area = """
        {"type":"Feature","properties":{"label":"yard"},"geometry":{"type":"Polygon",\
        "coordinates":[[[10,10],[11,10],[11,11],[10,10]]]}}
        """

    /// The pages; a browser without a login is sent to the login page, a program gets the same 401 as elsewhere.
    private static let pages: [String: RouteCase] = [
        "GET /": .init(access: .signedIn, path: "/"),
        "GET /login": .init(access: .open, path: "/login", success: 200...303),
        "POST /login": .init(
            access: .open, path: "/login", form: "name=nobody&password=wrong+password", success: 401...401),
        "POST /language": .init(access: .open, path: "/language", form: "language=fr&next=/login", success: 303...303),
        "POST /logout": .init(access: .signedIn, path: "/logout", form: "", mutates: true, success: 303...303),

        "GET /account": .init(access: .signedIn, path: "/account"),
        "GET /account/password": .init(access: .signedIn, path: "/account/password"),
        "POST /account/password": .init(
            access: .signedIn, path: "/account/password",
            form: "current=wrong&new=some+other+words&again=some+other+words",
            success: 422...422),
        "POST /account/tokens": .init(access: .signedIn, path: "/account/tokens", form: "description=QGIS"),
        "POST /account/tokens/{token}/revoke": .init(
            access: .signedIn, path: "/account/tokens/{foreignToken}/revoke", form: "", success: 404...404),

        "GET /account/areas": .init(access: .signedIn, path: "/account/areas"),
        "POST /account/areas/{area}/delete": .init(
            access: .signedIn, path: "/account/areas/{ownArea}/delete", form: "", success: 404...404),
        "GET /receipts": .init(access: .signedIn, path: "/receipts"),

        "GET /upload": .init(access: .mayUpload, path: "/upload"),
        "GET /upload/{set}": .init(access: .resumes, path: "/upload/{set}", success: 200...303),
        "GET /uploads": .init(access: .signedIn, path: "/uploads"),
        "GET /uploads/{set}": .init(access: .manages, path: "/uploads/{set}"),
        "POST /uploads/{set}/delete": .init(
            access: .manages, path: "/uploads/{set}/delete", form: "", mutates: true, success: 303...303),
        // It is not broken, so that there is nothing to try again or to delete here.
        "POST /uploads/{set}/pictures/{picture}/retry": .init(
            access: .manages, path: "/uploads/{set}/pictures/{picture}/retry", form: "", success: 409...409),
        "POST /uploads/{set}/pictures/{picture}/delete": .init(
            access: .manages, path: "/uploads/{set}/pictures/{picture}/delete", form: "", success: 409...409),
        "POST /uploads/{set}/visibility": .init(
            access: .manages, path: "/uploads/{set}/visibility", form: "visibility=owner-only", mutates: true,
            success: 303...303),
        "POST /sequences/{sequence}/visibility": .init(
            access: .edits, path: "/sequences/{sequence}/visibility", form: "visibility=owner-only", mutates: true,
            success: 303...303),
        "GET /pictures": .init(access: .mayUpload, path: "/pictures?of=all"),
        "POST /pictures": .init(
            access: .mayUpload, path: "/pictures", form: "filter=tab=pictures&do=delete&all=yes", mutates: true),
        "GET /sequences/{sequence}": .init(access: .reads, path: "/sequences/{sequence}"),
        "POST /sequences/{sequence}/delete": .init(
            access: .edits, path: "/sequences/{sequence}/delete", form: "", mutates: true, success: 303...303),

        "GET /reports": .init(access: .signedIn, path: "/reports?show=closed"),
        "POST /reports/{report}/answer": .init(
            access: .manages, path: "/reports/{report}/answer", form: "answer=seen", success: 422...422),
        "POST /reports/{report}/restore": .init(
            access: .decides, path: "/reports/{report}/restore", form: "status=closed_solved", success: 422...422),
        "POST /reports/{report}/delete": .init(
            access: .decides, path: "/reports/{report}/delete", form: "", success: 422...422),
        "POST /sequences/{sequence}/redact": .init(
            access: .edits, path: "/sequences/{sequence}/redact", form: "preset=", mutates: true, success: 303...303),
        "POST /admin/labels/{label}/redact": .init(
            access: .admin, path: "/admin/labels/{label}/redact", form: "preset=fast", mutates: true,
            success: 303...303),

        "GET /admin/status": .init(access: .admin, path: "/admin/status"),
        "GET /admin/accounts": .init(access: .admin, path: "/admin/accounts"),
        "POST /admin/accounts": .init(
            access: .admin, path: "/admin/accounts", form: "name=new+one&role=field", mutates: true, success: 200...303),
        "POST /admin/accounts/{account}/role": .init(
            access: .admin, path: "/admin/accounts/{owner}/role", form: "role=manager", mutates: true,
            success: 303...303),
        "POST /admin/accounts/{account}/enable": .init(
            access: .admin, path: "/admin/accounts/{owner}/enable", form: "", mutates: true, success: 303...303),
        "POST /admin/accounts/{account}/disable": .init(
            access: .admin, path: "/admin/accounts/{owner}/disable", form: "", mutates: true, success: 303...303),
        "POST /admin/accounts/{account}/password": .init(
            access: .admin, path: "/admin/accounts/{owner}/password", form: "", mutates: true),
        "GET /admin/accounts/{account}/delete": .init(access: .admin, path: "/admin/accounts/{owner}/delete"),
        "POST /admin/accounts/{account}/delete": .init(
            access: .admin, path: "/admin/accounts/{owner}/delete", form: "pictures=delete&confirm=olga-owner",
            mutates: true, success: 303...303),
        "GET /admin/areas": .init(access: .admin, path: "/admin/areas"),
        "POST /admin/areas/{area}/delete": .init(
            access: .admin, path: "/admin/areas/{area}/delete", form: "", mutates: true, success: 303...303),
        "GET /admin/labels": .init(access: .admin, path: "/admin/labels"),
        "POST /admin/labels": .init(
            access: .admin, path: "/admin/labels", form: "name=Gamma&redaction=default", mutates: true,
            success: 303...303),
        "GET /admin/labels/{label}": .init(access: .admin, path: "/admin/labels/{label}"),
        "GET /admin/originals": .init(access: .admin, path: "/admin/originals"),
        "POST /admin/originals/keys": .init(
            access: .admin, path: "/admin/originals/keys", form: "name=safe&key=none", success: 422...422),
        "POST /admin/labels/{label}/originals": .init(
            access: .admin, path: "/admin/labels/{label}/originals", form: "policy=keep&days=", mutates: true,
            success: 303...303),
        "POST /admin/labels/{label}/originals/discard": .init(
            access: .admin, path: "/admin/labels/{label}/originals/discard", form: "", mutates: true,
            success: 303...303),
        "POST /admin/labels/{label}/grant": .init(
            access: .admin, path: "/admin/labels/{label}/grant", form: "account={owner}", mutates: true,
            success: 303...303),
        "POST /admin/labels/{label}/withdraw": .init(
            access: .admin, path: "/admin/labels/{label}/withdraw", form: "account={owner}", mutates: true,
            success: 303...303),
    ]
}
