import Domain
import HTTPTypes

/// What one route must answer to each kind of asker.
struct RouteCase: Sendable {
    enum Access: Sendable {
        /// Everybody, signed in or not.
        case open
        /// Anybody signed in; about themselves or what they may see.
        case signedIn
        /// Who may see the picture.
        case reads
        /// Who may see it and change it: 403 for those who may only look.
        case edits
        /// The owner of the batch, managers with the grant, administrators.
        case manages
        /// As `manages`, but a manager may not send files into it.
        case sends
        /// Its owner and administrators; 403 for everybody else who may see it.
        case extends
        /// Roles that may upload, to a label they have.
        case uploads
        /// Roles that may upload.
        case mayUpload
        /// As `manages`, for roles that may upload.
        case resumes
        /// Owner and administrators; 403 for a manager with the grant.
        case decides
        case admin
    }

    let access: Access
    /// Path with `{picture}` and the like filled in from the street.
    let path: String
    /// JSON.
    var body: String?
    /// What a page's form sends.
    var form: String?
    var multipart = false
    /// A picture's bytes as they are.
    var isPicture = false
    var headers: HTTPFields = [:]
    /// Success changes something: the next asker gets a new street.
    var mutates = false
    /// Statuses that count as success; others than 2xx where the street has nothing to do.
    var success: ClosedRange<Int> = 200...299

    /// The status for this asker.
    func expected(_ who: Street.Who) -> ClosedRange<Int> {
        if access == .open { return success }
        if who == .guest { return 401...401 }
        if access == .signedIn || who == .admin { return success }
        let isViewer = who == .viewerIn || who == .viewerOut
        switch access {
        case .open, .signedIn: return success
        case .reads: return who.isIn ? success : 404...404
        case .edits:
            guard who.isIn else { return 404...404 }
            return who == .managerIn ? success : 403...403
        case .manages: return who == .managerIn ? success : 404...404
        case .sends, .decides: return who == .managerIn ? 403...403 : 404...404
        case .extends: return who.isIn ? 403...403 : 404...404
        case .uploads:
            if isViewer { return 403...403 }
            return who.isIn ? success : 404...404
        case .mayUpload: return isViewer ? 403...403 : success
        case .resumes:
            if isViewer { return 403...403 }
            return who == .managerIn ? success : 404...404
        case .admin: return 404...404
        }
    }
}
