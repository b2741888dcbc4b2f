import Domain

/// What a client sends to make a report, or to change one.
struct ReportRequest: Decodable {
    let issue: String?
    let pictureID: String?
    let sequenceID: String?
    let email: String?
    let reporterComments: String?
    let status: String?
    let resolverComments: String?

    enum CodingKeys: String, CodingKey {
        case issue, status
        case pictureID = "picture_id"
        case sequenceID = "sequence_id"
        case email = "reporter_email"
        case reporterComments = "reporter_comments"
        case resolverComments = "resolver_comments"
    }

    /// - Throws: `.invalid` for a missing or unknown issue, or when not exactly one thing is reported; `.notFound` for an
    ///   identifier that is none.
    func draft() throws -> ReportDraft {
        guard let issue = issue.flatMap(Report.Issue.init) else {
            let words = Report.Issue.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(.invalid, "'issue' is one of \(words).")
        }
        return try ReportDraft(issue: issue, target: try target(), comments: reporterComments, email: email)
    }

    private func target() throws -> ReportDraft.Target {
        switch (pictureID, sequenceID) {
        case (let text?, nil):
            guard let id = PictureID(text) else { throw Failure.notFound("picture") }
            return .picture(id)
        case (nil, let text?):
            guard let id = SequenceID(text) else { throw Failure.notFound("collection") }
            return .sequence(id)
        default:
            throw Failure(.invalid, "A report is about one thing: give either 'picture_id' or 'sequence_id'.")
        }
    }

    /// The status that closes the report; nil when none is asked for. Throws `.invalid`.
    func closing() throws -> Report.Status? {
        guard let status else { return nil }
        guard let value = Report.Status(rawValue: status) else {
            let words = Report.Status.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(.invalid, "'status' is one of \(words).")
        }
        return value == .waiting ? nil : value
    }
}
