/// What the page "My pictures" shows.
struct MineContent: Sendable {
    struct Row: Sendable {
        let id: String
        let href: String?
        let title: String
        let owner: String?
        let label: String
        let time: String
        /// For a script that rewrites it in the reader's zone; absent where the time is that of the place.
        let iso: String?
        /// Absent where `time` says it.
        let sent: PageTime?
        let count: String
        let heading: String
        let tone: String
        let status: String
        /// Why it is broken.
        let reason: String?
        /// Address of its thumbnail.
        let image: String?
        let sequence: String?
        let sequenceTitle: String?
    }

    struct Column: Sendable {
        let title: String
        /// Where the list is sorted by it, or the other way round.
        let href: String?
        /// `aria-sort`
        let sort: String?
        let isNumber: Bool
    }

    struct Reason: Sendable {
        let text: String
    }

    /// One of the things that can be done with what is chosen.
    struct Question: Sendable {
        let text: String
        /// When it goes for good; nil for at once, and for anything else than deleting.
        let until: PageTime?
        let button: String
        let fields: [Field]
    }

    struct Field: Sendable {
        let name: String
        let value: String
    }

    var notice: PageNotice?
    var undo: RemovalOffer?
    var hasReasons = false
    var reasons: [Reason] = []
    /// What is asked before it is done.
    var question: Question?
    let filterText: String
    let clear: String?
    let tab: String
    let of: String?
    let view: String?
    /// The sequence whose pictures these are, and its title.
    let ofSequence: String?
    let headline: String?
    let tabs: [PageTab]
    let views: [PageTab]
    let hasScopes: Bool
    let scopes: [PageTab]
    let labels: [PageOption]
    let states: [PageOption]
    let sorts: [PageOption]
    let columns: [Column]
    let visibilities: [PageOption]
    let targets: [PageOption]
    let from: String
    let to: String
    let bbox: String
    let isPictures: Bool
    let isSequences: Bool
    let isSets: Bool
    let maySplit: Bool
    let mayRetry: Bool
    let isThumbs: Bool
    let isTable: Bool
    let hasRows: Bool
    let rows: [Row]
    let more: String?
    let empty: String
}
