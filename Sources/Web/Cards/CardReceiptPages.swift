import Domain
import Foundation
import Hummingbird

/// The receipt of a card, to look at and to print.
struct CardReceiptPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("uploads/:set/receipt", use: show)
        group.post("uploads/:set/receipt", use: agree)
    }

    private struct Content: Sendable {
        struct Figure: Sendable {
            let tone: String
            let name: String
            let number: String
        }
        struct Row: Sendable {
            let name: String
            let size: String
            let sha256: String?
            let tone: String
            let fate: String
            let reason: String?
        }

        let id: String
        let title: String
        let label: String
        let issued: PageTime
        let notice: PageNotice?
        /// The style of the verdict, its sentence, and what to do next.
        let tone: String
        let icon: String
        let verdict: String
        let advice: String
        let isSafe: Bool
        /// Seconds after which the page looks again; nil when nothing will change by itself.
        let refresh: String?
        /// Present while somebody may agree to losses: names what they agree to.
        let losses: String?
        let agreeText: String
        let agreed: PageTime?
        let mayContinue: Bool
        let figures: [Figure]
        let hasFiles: Bool
        let files: [Row]
        /// Where the whole list is, when it is not all here.
        let all: String?
        let more: String
        let key: String
    }

    /// A page with more rows is slow; the whole list is a link away.
    private static let shortList = 2000

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("set", of: "upload set", as: UploadSetID.self)
        let desk = CardDesk(services: services)
        let set = try await desk.set(id, context)
        let receipt = try await desk.receipt(of: set, context)
        let words = try renderer.words(context.language)
        let query = Query(request.uri.query)
        let most = query["files"] == "all" ? Int.max : Self.shortList
        let path = "/uploads/\(id)/receipt"
        let losses = receipt.losses.count
        let mayAgree = receipt.isWhole && receipt.working == 0 && losses > 0 && receipt.agreedAt == nil
        let verdict = Verdict(receipt)
        let content = Content(
            id: id.string, title: set.title, label: receipt.label, issued: PageTime(receipt.issuedAt),
            notice: .said(query, words), tone: verdict.tone, icon: verdict.tone == "good" ? "check" : "warning",
            verdict: words("card.verdict_\(verdict.rawValue)"),
            advice: words("card.advice_\(verdict.rawValue)", count: verdict == .working ? receipt.working : losses),
            isSafe: receipt.isSafe, refresh: verdict == .working ? "5" : nil,
            losses: mayAgree ? receipt.lossDigest : nil, agreeText: words("card.agree", count: losses),
            agreed: losses > 0 ? receipt.agreedAt.map { PageTime($0) } : nil,
            mayContinue: verdict == .open && set.accountID == context.account.id,
            figures: figures(receipt, words), hasFiles: !receipt.lines.isEmpty,
            files: receipt.lines.prefix(most).map { row($0, words) },
            all: receipt.lines.count > most ? "\(path)?files=all" : nil,
            more: words("card.more", count: receipt.lines.count - min(most, receipt.lines.count)),
            key: try CardSigner(keys: services.tokenSigner.keys).publicKey)
        return try renderer.response(
            .cardReceipt, title: words("card.title"), path: path, visitor: PageVisitor(context), content: content)
    }

    private func figures(_ receipt: CardReceipt, _ words: PageWords) -> [Content.Figure] {
        let format = PageFormat(words.language)
        return CardFate.allCases.compactMap { fate in
            let count = receipt.count(fate)
            guard count > 0 else { return nil }
            return .init(
                tone: Self.tone(fate), name: words("card.fate_\(fate.rawValue)"), number: format.number(count))
        }
    }

    private func row(_ line: CardLine, _ words: PageWords) -> Content.Row {
        let reason = line.rejection.map { RejectionText(words: words)($0) }
        return .init(
            name: line.path, size: PageFormat(words.language).bytes(line.size), sha256: line.sha256,
            tone: Self.tone(line.fate), fate: words("card.fate_\(line.fate.rawValue)"),
            reason: reason ?? line.kind.map { words("card.kind_\($0.rawValue)") })
    }

    private static func tone(_ fate: CardFate) -> String {
        if fate.isLoss { return "bad" }
        return fate == .working || fate == .held ? "warn" : "good"
    }

    @Sendable private func agree(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let id = try context.identifier("set", of: "upload set", as: UploadSetID.self)
        let desk = CardDesk(services: services)
        let set = try await desk.set(id, context)
        let form = try await PageForm(request)
        guard form["agree"] == "yes" else { return .redirect(seeOther: "/uploads/\(id)/receipt?said=card.notTicked") }
        try await desk.agree(toLose: form["losses"], of: set, context)
        return .redirect(seeOther: "/uploads/\(id)/receipt?said=card.agreed")
    }

    /// The sentence that people wait for.
    private enum Verdict: String {
        /// The card may be wiped; with losses that somebody agreed to.
        case safe, agreed
        /// Some files would be lost, and nobody has agreed to that.
        case losses
        /// The server still works.
        case working
        /// The card was not sent to its end, or was never listed.
        case open

        init(_ receipt: CardReceipt) {
            if receipt.isSafe {
                self = receipt.losses.isEmpty ? .safe : .agreed
            } else if !receipt.isWhole || receipt.lines.isEmpty {
                self = .open
            } else {
                self = receipt.working > 0 ? .working : .losses
            }
        }

        var tone: String {
            switch self {
            case .safe, .agreed: "good"
            case .working: ""
            case .losses, .open: "warn"
            }
        }
    }
}
