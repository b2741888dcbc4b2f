import Catalogue
import Domain
import Foundation
import Hummingbird

/// What one has sent, and what one may change of it: upload sets, sequences and pictures.
struct MyPicturePages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("pictures", use: show)
        group.post("pictures", use: act)
    }

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try UploadRight.requireEditor(context.account)
        let filter = MineFilter(
            Query(request.uri.query), mayManage: context.account.role.mayManageGrantedLabels)
        return try await page(filter, context)
    }

    @Sendable private func act(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try UploadRight.requireEditor(context.account)
        let form = try await PageForm(request), words = try renderer.words(context.language)
        let filter = MineFilter(Query(form["filter"]), mayManage: context.account.role.mayManageGrantedLabels)
        let work = MineWork(services: services, context: context, words: words)
        do {
            let action = try MineAction(form, filter)
            guard !action.ids.isEmpty || action.isForAll else {
                throw Failure(.unprocessable, "Tick what it is to be done with first.")
            }
            if action.needsQuestion {
                return try await page(filter, asking: try await work.question(action), context)
            }
            return try await page(filter, after: try await work.run(action), context)
        } catch let failure as Failure where [.unprocessable, .invalid, .conflict].contains(failure.code) {
            // What was ticked is lost, but not where one was.
            let sentence = services.sentences(context.language)(failure.message)
            return try await page(filter, after: MineOutcome(.bad(sentence)), context)
        }
    }

    private func page(
        _ filter: MineFilter, asking question: MineContent.Question? = nil, after outcome: MineOutcome? = nil,
        _ context: SignedInContext
    ) async throws -> Response {
        let words = try renderer.words(context.language)
        let list = MineRows(
            services: services, filter: filter, account: context.account, viewer: context.viewer, words: words)
        let labels = try await services.catalogue.labels.list(viewer: context.viewer)
        let found: (rows: [MineContent.Row], next: String?)
        do {
            found = try await list.load()
        } catch let failure as Failure where failure.code == .unprocessable && filter.order.key != .taken {
            let sentence = services.sentences(context.language)(failure.message)
            return try await page(filter.inUsualOrder, asking: question, after: MineOutcome(.bad(sentence)), context)
        }
        var title: String?
        if let id = filter.sequence {
            title = try await services.catalogue.sequences.find(id, viewer: context.viewer)?.sequence.title
        }
        var content = MineContent(
            filter: filter, labels: labels, rows: found.rows, next: found.next, sequenceTitle: title,
            mayManage: context.account.role.mayManageGrantedLabels, isPublic: services.configuration.isPublic, words)
        content.notice = outcome?.notice
        content.reasons = outcome?.reasons.map { .init(text: $0) } ?? []
        content.hasReasons = !content.reasons.isEmpty
        content.question = question
        content.undo = outcome?.undo
        return try renderer.response(
            .pictures, title: words("pictures.title"), path: filter.path(after: filter.after),
            visitor: PageVisitor(context), content: content)
    }
}

extension MineContent {
    private static func columns(_ filter: MineFilter, _ words: PageWords) -> [Column] {
        let isSet = filter.tab == .sets
        var columns = [
            filter.column(words("pictures.name"), .name), filter.column(words("pictures.label"), .label),
            filter.column(words(isSet ? "pictures.sent" : "pictures.taken"), isSet ? nil : .taken),
        ]
        if !isSet { columns.append(filter.column(words("pictures.sent"), .sent)) }
        columns.append(
            filter.column(words(filter.tab == .pictures ? "pictures.heading" : "pictures.count"), isNumber: true))
        return columns + [filter.column(words("pictures.status"), .state)]
    }

    init(
        filter: MineFilter, labels: [CameraLabel], rows: [Row], next: String?, sequenceTitle: String?, mayManage: Bool,
        isPublic: Bool, _ words: PageWords
    ) {
        filterText = filter.text(after: filter.after)
        clear = filter.isNarrow ? "/pictures?tab=\(filter.tab.rawValue)" : nil
        tab = filter.tab.rawValue
        of = filter.isForAll ? "all" : nil
        view = filter.isThumbs ? "thumbs" : nil
        ofSequence = filter.sequence?.string
        headline = sequenceTitle
        tabs = MineFilter.Tab.allCases.map {
            PageTab(
                href: "/pictures?\(filter.text(tab: $0))", text: words("pictures.tab_\($0.rawValue)"),
                isCurrent: $0 == filter.tab)
        }
        views = [false, true].map {
            PageTab(
                href: "/pictures?\(filter.text(thumbs: $0))",
                text: words($0 ? "pictures.viewThumbs" : "pictures.viewTable"), isCurrent: $0 == filter.isThumbs)
        }
        hasScopes = mayManage
        scopes = [false, true].map {
            PageTab(
                href: "/pictures?\(filter.text(forAll: $0))", text: words($0 ? "uploads.everyones" : "uploads.mine"),
                isCurrent: $0 == filter.isForAll)
        }
        let names = labels.map { PageOption($0.id.string, $0.name, isSelected: $0.id == filter.label) }
        self.labels = [PageOption("", words("pictures.anyLabel"))] + names
        targets = labels.map { PageOption($0.id.string, $0.name) }
        states = OwnPictureQuery.State.allCases.map {
            PageOption($0.rawValue, words("pictures.state_\($0.rawValue)"), isSelected: $0 == filter.state)
        }
        sorts = MineFilter.orders(filter.tab).map {
            let direction = $0.isDescending ? "down" : "up"
            return PageOption(
                MineFilter.text($0), words("pictures.sort_\($0.key.rawValue)_\(direction)"),
                isSelected: $0 == filter.order)
        }
        columns = Self.columns(filter, words)
        visibilities = Visibility.allCases.filter { $0 != .anyone || isPublic }.map {
            PageOption($0.rawValue, words("visibility.\($0.rawValue)"), isSelected: $0 == .loggedOnly)
        }
        (from, to, bbox) = (filter.from, filter.to, filter.box)
        isPictures = filter.tab == .pictures
        isSequences = filter.tab == .sequences
        isSets = filter.tab == .sets
        maySplit = filter.tab == .pictures && filter.sequence != nil
        mayRetry = filter.tab == .pictures && filter.state == .broken
        (isThumbs, isTable) = (filter.isThumbs, !filter.isThumbs)
        hasRows = !rows.isEmpty
        self.rows = rows
        more = next.map { filter.path(after: $0) }
        empty = words(filter.isNarrow ? "pictures.noneFound" : "pictures.none")
    }
}
