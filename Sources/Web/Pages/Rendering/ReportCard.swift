import Catalogue
import Domain

/// One report in the queue.
struct ReportCard: Sendable {
    let id: String
    let issue: String
    /// Present when the reader may see it.
    let picture: String?
    let about: String
    let sequence: String?
    let from: String
    let email: String?
    let owner: String
    let created: PageTime
    let comment: String?
    let answer: String?
    let tone: String
    let state: String
    let mayAnswer: Bool
    let mayDecide: Bool
    let deleteQuestion: String

    init(_ summary: ReportSummary, _ rights: ReportHandling.Rights, _ words: PageWords) {
        let report = summary.report
        let isOpen = report.status == .waiting
        id = report.id.string
        issue = words("reports.issue_\(report.issue.rawValue)")
        picture = summary.firstPicture?.string
        about =
            report.pictureID == nil
            ? words("reports.aboutTrip", count: summary.pictures) : words("reports.aboutPicture")
        sequence = summary.firstPicture == nil ? nil : report.sequenceID?.string
        from = summary.reporter ?? words("reports.guest")
        email = rights.mayDecide ? report.reporterEmail : nil
        owner = words("reports.of", ["owner": summary.owner, "label": summary.label])
        created = PageTime(report.createdAt)
        comment = report.reporterComments
        answer = report.resolverComments
        tone = isOpen ? "warn" : report.status == .solved ? "good" : ""
        state = words("reports.state_\(report.status.rawValue)")
        mayAnswer = isOpen && rights.mayAnswer
        mayDecide = isOpen && rights.mayDecide
        deleteQuestion = words("reports.deleteQuestion", count: summary.pictures)
    }
}
