import Domain

/// The one place that says, in SQL, what a viewer sees.
///
/// Each picture carries an audience: 0 its owner, 1 accounts with a grant on the label, 2 anyone. `level` is the lowest
/// audience that the viewer sees of a row, so that a row is seen when `audience >= level`. The level is a `CASE`, which
/// no planner takes for a search term: statements are driven by place, time or sequence and merely re-checked by it.
struct Sight {
    let viewer: Viewer

    init(_ viewer: Viewer) { self.viewer = viewer }

    /// The stored form of a visibility.
    static func audience(_ visibility: Visibility) -> Int {
        switch visibility {
        case .ownerOnly: 0
        case .loggedOnly: 1
        case .anyone: 2
        }
    }

    static func visibility(audience: Int) -> Visibility {
        switch audience {
        case 2: .anyone
        case 1: .loggedOnly
        default: .ownerOnly
        }
    }

    /// The lowest audience that the viewer sees of a row of `table` (which has `account_id` and `label_id`).
    func level(of table: StaticString) -> SQLStatement {
        if viewer.seesEverything { return "0" }
        guard let account = viewer.accountID else { return "2" }
        return """
            CASE WHEN \(raw: table).account_id = \(account) THEN 0 \
            WHEN \(raw: table).label_id IN (SELECT label_id FROM grants WHERE account_id = \(account)) THEN 1 \
            ELSE 2 END
            """
    }

    /// Pictures in lists, searches, tiles and sequences: prepared, dispatched, and of an audience the viewer belongs to.
    func sees(listed table: StaticString) -> SQLStatement {
        "\(raw: table).listed = 1 AND \(raw: table).audience >= \(level(of: table))"
    }

    /// A picture asked for by its id: its owner, administrators, and managers of its label also see it before it is
    /// listed.
    func sees(named table: StaticString) -> SQLStatement {
        if viewer.seesEverything { return "\(raw: table).erased_at IS NULL" }
        return """
            \(raw: table).erased_at IS NULL AND \(raw: table).audience >= \(level(of: table)) \
            AND (\(raw: table).listed = 1 OR \(level(of: table)) <= \(managedLevel))
            """
    }

    /// What a hotlink of its label shows to everybody: listed, and for more people than its owner. Neither reported, nor in
    /// an excluded area, nor waiting for something to be hidden. A word for word term of the index `hotlink_pictures`.
    static func publishes(_ table: StaticString) -> SQLStatement {
        "\(raw: table).listed = 1 AND \(raw: table).audience > 0"
    }

    /// What a page of another site shows through an embed that this viewer has made: what the viewer sees in lists, and never
    /// what is for nobody but its owner. Neither reported, nor in an excluded area, nor waiting for something to be hidden.
    func shows(_ table: StaticString) -> SQLStatement { "\(sees(listed: table)) AND \(Self.publishes(table))" }

    /// What is only its owner's and the administrators': the unredacted original of a picture that is there.
    func owns(_ table: StaticString) -> SQLStatement {
        if viewer.seesEverything { return "\(raw: table).erased_at IS NULL" }
        guard let account = viewer.accountID else { return "1 = 0" }
        return "\(raw: table).erased_at IS NULL AND \(raw: table).account_id = \(account)"
    }

    /// What copies may be sent of to others, as a value: prepared, and for accounts with a grant on the label. A picture that
    /// is owner-only, reported, in an excluded area or waiting to be redacted anew is not.
    static func mayLeave(_ table: StaticString) -> SQLStatement {
        "\(raw: table).status = 'prepared' AND \(raw: table).erased_at IS NULL AND \(raw: table).audience >= 1"
    }

    /// Things that only their owner, administrators, and managers of the label see at all: upload sets.
    func manages(_ table: StaticString) -> SQLStatement {
        viewer.seesEverything ? "1 = 1" : "\(level(of: table)) <= \(managedLevel)"
    }

    /// What the viewer may change, of what they see: their own while they may upload, and as managers what others sent to
    /// labels granted to them. As `Permissions` of a single thing.
    func edits(_ table: StaticString) -> SQLStatement {
        if viewer.seesEverything { return "1 = 1" }
        guard viewer.role?.mayUpload == true else { return "1 = 0" }
        return manages(table)
    }

    /// Labels the viewer may read.
    func grants(_ label: StaticString) -> SQLStatement {
        if viewer.seesEverything { return "1 = 1" }
        guard let account = viewer.accountID else { return "1 = 0" }
        return "\(raw: label) IN (SELECT label_id FROM grants WHERE account_id = \(account))"
    }

    /// Accounts that the viewer knows of without seeing anything of theirs: itself, and to administrators all.
    func isOrManages(account table: StaticString) -> SQLStatement {
        if viewer.seesEverything { return "1 = 1" }
        guard let account = viewer.accountID else { return "1 = 0" }
        return "\(raw: table).id = \(account)"
    }

    /// What somebody has asked for, of a row of `table` (which has `account_id`): seen by them and by administrators.
    func asked(for table: StaticString) -> SQLStatement {
        if viewer.seesEverything { return "1 = 1" }
        guard let account = viewer.accountID else { return "1 = 0" }
        return "\(raw: table).account_id = \(account)"
    }

    /// The highest level at which the viewer also sees what is not listed yet; −1: nowhere.
    private var managedLevel: Int {
        switch viewer {
        case .system: 0
        case .account(_, let role): role.mayManageGrantedLabels ? 1 : 0
        case .guest: -1
        }
    }
}
