/// A kind of page: its template and what the frame around it has to know.
struct Page: Sendable {
    /// The entries of the navigation; raw values are keys of the words' `common` section.
    enum Section: String, CaseIterable, Sendable {
        case explore, upload, uploads, pictures, reports, admin

        var path: String {
            switch self {
            case .explore: "/"
            case .upload: "/upload"
            case .uploads: "/uploads"
            case .pictures: "/pictures"
            case .reports: "/reports"
            case .admin: "/admin"
            }
        }

        var icon: String {
            switch self {
            case .explore: "map"
            case .upload: "upload"
            case .uploads: "list"
            case .pictures: "picture"
            case .reports: "flag"
            case .admin: "settings"
            }
        }
    }

    let template: String
    var section: Section?
    /// Address of the page's own module.
    var script: String?
    /// The section of the words that the module needs.
    var scriptWords: String?
    var hasMap = false
    var hasPlots = false
    /// Whether the page fills the window and does not scroll.
    var isFull = false

    static let login = Page(template: "login")
    static let password = Page(template: "password")
    static let account = Page(template: "account")
    static let claim = Page(template: "claim")
    static let explore = Page(
        template: "explore", section: .explore, script: "/js/explore/explore.js", scriptWords: "explore", hasMap: true,
        isFull: true)
    static let upload = Page(
        template: "upload", section: .upload, script: "/js/upload/upload.js", scriptWords: "upload")
    static let uploads = Page(template: "uploads", section: .uploads)
    static let uploadSet = Page(template: "upload-set", section: .uploads)
    static let pictures = Page(
        template: "pictures", section: .pictures, script: "/js/pictures/pictures.js", scriptWords: "pictures",
        hasMap: true)
    static let places = Page(
        template: "places", section: .uploads, script: "/js/places/places.js", scriptWords: "places", hasMap: true)
    static let cardReceipt = Page(template: "card-receipt", section: .uploads)
    static let guide = Page(template: "guide")
    static let sequence = Page(template: "sequence", section: .uploads, script: "/js/report/page.js")
    static let reports = Page(template: "reports", section: .reports)
    static let dashboard = Page(
        template: "admin/dashboard", section: .admin, script: "/js/dashboard/dashboard.js", scriptWords: "dashboard",
        hasPlots: true)
    static let jobs = Page(template: "admin/jobs", section: .admin)
    static let audit = Page(template: "admin/audit", section: .admin)
    static let instance = Page(template: "admin/instance", section: .admin)
    static let accountTokens = Page(template: "admin/tokens", section: .admin)
    static let stickers = Page(template: "admin/stickers", section: .admin)
    static let accounts = Page(template: "admin/accounts", section: .admin)
    static let labels = Page(template: "admin/labels", section: .admin)
    static let labelPolicy = Page(
        template: "admin/label", section: .admin, script: "/js/admin/label.js", scriptWords: "policy")
    static let classes = Page(template: "admin/classes", section: .admin)
    static let classScheme = Page(template: "admin/class-scheme", section: .admin)
    static let annotateList = Page(template: "annotate-list")
    static let annotate = Page(
        template: "annotate", script: "/js/annotate/annotate.js", scriptWords: "annotate", isFull: true)
    static let originals = Page(template: "admin/originals", section: .admin)
    static let models = Page(template: "admin/models", section: .admin)
    static let retention = Page(template: "admin/retention", section: .admin)
    static let alerts = Page(template: "admin/alerts", section: .admin)
    static let labelProcessing = Page(template: "admin/processing", section: .admin)
    static let hotlinks = Page(template: "admin/hotlinks", section: .admin)
    static let routes = Page(template: "admin/routes", section: .admin)
    static let status = Page(template: "admin/status", section: .admin)
    static let areas = Page(
        template: "areas", section: .admin, script: "/js/areas/areas.js", scriptWords: "areas", hasMap: true)
    static let ways = Page(template: "admin/ways", section: .admin, script: "/js/ways/ways.js", scriptWords: "ways")
    static let ownAreas = Page(
        template: "areas", script: "/js/areas/areas.js", scriptWords: "areas", hasMap: true)
    static let terms = Page(template: "terms")
    static let embeds = Page(template: "embeds")
    /// Within a page of another site: nothing around it.
    static let embed = Page(template: "embed", script: "/js/embed/embed.js")
    static let embedGone = Page(template: "embed-gone")
    static let deleted = Page(template: "deleted", section: .pictures)
    static let receipts = Page(template: "receipts")
    static let accountDeletion = Page(template: "admin/account-deletion", section: .admin)
    static let ownAccountDeletion = Page(template: "account-delete")
    static let docs = Page(template: "docs")
    static let problem = Page(template: "problem")
}
