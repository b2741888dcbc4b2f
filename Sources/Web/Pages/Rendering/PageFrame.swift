import Domain
import Foundation

/// What surrounds every page: head, bar, navigation, account menu.
struct PageFrame: Sendable {
    struct Place: Sendable {
        let href: String
        let icon: String
        let text: String
        let isCurrent: Bool
        /// What waits there, if anything does.
        let count: String?
        let countText: String?
    }

    struct Choice: Sendable {
        let code: String
        let name: String
        let short: String
        /// `aria-pressed`.
        let pressed: String
    }

    struct Person: Sendable {
        let name: String
        let role: String
        /// Whether there may be pictures of theirs to label.
        let mayLabel: Bool
    }

    let title: String
    let instance: String
    let language: String
    /// The address of the page, also when it answers a form; empty for a page that has none.
    let path: String
    let bodyClass: String
    let script: String?
    let hasMap: Bool
    /// JSON: the operator's own base map, on a page with a map.
    let baseMap: String?
    /// Whether base maps that are not plain tiles may have to be read.
    let readsArchives: Bool
    let hasPlots: Bool
    /// Whether administrators have chosen a colour.
    let hasColours: Bool
    let hasTerms: Bool
    /// Whether a page that scrolls says at its end where the terms are.
    let hasFoot: Bool
    /// JSON: the words that the page's script needs.
    let words: String
    let navigation: [Place]
    /// None where there is but one.
    let languages: [Choice]
    let offersLanguages: Bool
    let account: Person?

    init(page: Page, title: String, path: String, visitor: PageVisitor, words: PageWords, services: WebServices) {
        self.title = title
        instance = services.instanceName
        language = words.language.rawValue
        self.path = path
        bodyClass = page.isFull ? "full" : ""
        script = page.script
        hasMap = page.hasMap
        let map = services.configuration
        let chosen = page.hasMap ? BaseMapDocument(map.baseMap, credit: map.baseMapCredit) : nil
        baseMap = chosen.map(Self.json)
        readsArchives = chosen.map { $0.kind != "tiles" } ?? false
        hasPlots = page.hasPlots
        hasColours = services.instance.settings.accent != nil
        hasTerms = services.terms(words.language) != nil
        hasFoot = hasTerms && !page.isFull
        self.words = page.scriptWords.flatMap { words.sections[$0] }.map(Self.json) ?? "{}"
        navigation = Self.places(for: visitor, section: page.section, words: words)
        let offered = services.languages
        offersLanguages = offered.count > 1
        languages = Language.allCases.filter(offered.contains).map { each in
            Choice(
                code: each.rawValue, name: each.ownName, short: each.rawValue.uppercased(),
                pressed: each == words.language ? "true" : "false")
        }
        account = visitor.account.map {
            Person(
                name: $0.name, role: words("roles.\($0.role.rawValue)"),
                mayLabel: visitor.maySeePages && $0.role.mayUpload)
        }
    }

    private static func places(for visitor: PageVisitor, section: Page.Section?, words: PageWords) -> [Place] {
        guard visitor.maySeePages else { return [] }
        let role = visitor.account?.role
        return Page.Section.allCases.compactMap { each in
            switch each {
            case .upload where role?.mayUpload != true, .uploads where role?.mayUpload != true,
                .pictures where role?.mayUpload != true:
                nil
            case .reports where role == nil: nil
            case .admin where role?.isAdmin != true: nil
            default:
                place(each, isCurrent: each == section, open: each == .reports ? visitor.openReports : 0, words)
            }
        }
    }

    private static func place(_ section: Page.Section, isCurrent: Bool, open: Int, _ words: PageWords) -> Place {
        Place(
            href: section.path, icon: section.icon, text: words("common.\(section.rawValue)"), isCurrent: isCurrent,
            count: open > 0 ? PageFormat(words.language).number(open) : nil,
            countText: open > 0 ? words("reports.open", count: open) : nil)
    }

    private static func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

extension Language {
    /// The language's name in itself.
    var ownName: String {
        switch self {
        case .english: "English"
        case .french: "Français"
        }
    }
}
