import Domain

/// What a list of the pictures that somebody may change is sorted by. Equal ones come newest first, and ids tell those of
/// one moment apart, so that pages neither repeat nor leave out.
package struct OwnPictureOrder: Hashable, Sendable {
    package enum Key: String, Sendable, CaseIterable {
        /// Time of capture; of what is not prepared, of arrival. An index has this order.
        case taken
        /// Time of arrival.
        case sent
        /// Of the file, whatever its capitals.
        case name
        case label
        /// Who sees it; of what is not prepared, how far it is.
        case state
    }

    package let key: Key
    package let isDescending: Bool

    package init(_ key: Key = .taken, isDescending: Bool = true) {
        self.key = key
        self.isDescending = isDescending
    }

    /// Of pictures `p` with labels `l`; none of the values is ever unknown in what is listed.
    func value(_ state: OwnPictureQuery.State) -> SQLStatement {
        switch key {
        case .taken: Self.time(state)
        case .sent: "p.created_at"
        case .name: "LOWER(p.original_name)"
        case .label: "LOWER(l.name)"
        case .state:
            switch state {
            case .ready, .hidden: "p.audience"
            case .waiting, .broken: "p.status"
            }
        }
    }

    func clause(_ state: OwnPictureQuery.State) -> SQLStatement {
        let value = value(state), time = Self.time(state)
        if key == .taken { return isDescending ? "\(time) DESC, p.id" : "\(time), p.id" }
        return isDescending ? "\(value) DESC, \(time) DESC, p.id" : "\(value), \(time) DESC, p.id"
    }

    /// Holds for what comes after the picture with these values.
    func isAfter(_ last: PictureID, value: SQLValue, time: SQLValue, _ state: OwnPictureQuery.State) -> SQLStatement {
        let column = self.value(state), moment = Self.time(state)
        let further: SQLStatement = isDescending ? "\(column) < \(value)" : "\(column) > \(value)"
        if key == .taken {
            // The first term lets an index start there; the second tells equal times apart.
            let from: SQLStatement = isDescending ? "\(column) <= \(value)" : "\(column) >= \(value)"
            return "\(from) AND (\(further) OR p.id > \(last))"
        }
        return """
            (\(further) OR (\(column) = \(value) AND \
            (\(moment) < \(time) OR (\(moment) = \(time) AND p.id > \(last)))))
            """
    }

    /// Reads what `value` chose.
    func value(_ row: inout SQLRowReader, _ state: OwnPictureQuery.State) -> SQLValue {
        let isNumber =
            switch key {
            case .taken, .sent: true
            case .name, .label: false
            case .state: state == .ready || state == .hidden
            }
        return isNumber ? .integer(row.int64()) : .text(row.text())
    }

    static func time(_ state: OwnPictureQuery.State) -> SQLStatement {
        switch state {
        case .ready, .hidden: "p.captured_at"
        case .waiting, .broken: "p.created_at"
        }
    }
}
