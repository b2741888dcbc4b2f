import Domain
import Foundation

/// The order of a search in SQL, and what comes after a row in it.
///
/// What is not known comes last. Ids tell equal rows apart, against the direction of the first property: so an index on
/// time serves both directions.
struct PictureOrdering {
    private struct Key {
        let value: SQLStatement
        let kind: Queryable.Kind
        /// As it is read: of a page backwards the other way round than the page shows it.
        let isDescending: Bool
        /// Never unknown in what is searched; an index is for each of these.
        let isAlwaysKnown: Bool
    }

    private let keys: [Key]
    private let isBackwards: Bool

    static let mostKeys = 4
    private static let idUp: SQLStatement = "p.id"
    private static let idDown: SQLStatement = "p.id DESC"

    /// Throws `.invalid` for a property that is not known or has no order.
    init(_ query: PictureQuery, _ vocabulary: Vocabulary) throws {
        guard (1...Self.mostKeys).contains(query.order.count) else {
            throw Failure(.invalid, "'sortby' names at most \(Self.mostKeys) properties.")
        }
        isBackwards = query.isBackwards
        keys = try query.order.map { order in
            if order == PictureQuery.nearestOrder[0], let centre = query.centre {
                return Key(
                    value: Self.distance(to: centre), kind: .number, isDescending: query.isBackwards,
                    isAlwaysKnown: true)
            }
            let queryable = try vocabulary.find(order.property)
            switch queryable.kind {
            case .place, .texts, .meaning:
                throw Failure(.invalid, "'sortby' cannot order by '\(queryable.name)'.")
            case .text, .number, .whole, .moment, .truth:
                return Key(
                    value: queryable.value, kind: queryable.kind,
                    isDescending: order.isDescending != query.isBackwards,
                    isAlwaysKnown: ["datetime", "id", "created", "updated"].contains(queryable.name))
            }
        }
    }

    /// The square of it, in degrees of latitude: so near, the Earth is flat.
    private static func distance(to centre: GeoPoint) -> SQLStatement {
        let width = cos(centre.latitude * .pi / 180)
        let east: SQLStatement = "((p.longitude - \(centre.longitude)) * \(width))"
        let north: SQLStatement = "(p.latitude - \(centre.latitude))"
        return "(\(east) * \(east) + \(north) * \(north))"
    }

    /// Whether an index has the order, so that a page is found without reading all there is.
    var isIndexed: Bool { keys.first?.isAlwaysKnown == true }

    private var isIDDescending: Bool { keys.first?.isDescending == false }

    /// What rows are ordered by, after the id in a list of columns.
    var columns: SQLStatement { .joined(keys.map { ", \($0.value)" }, by: "") }

    /// Names for the columns, after `id`.
    var names: SQLStatement {
        let all: [SQLStatement] = [", k1", ", k2", ", k3", ", k4"]
        return .joined(Array(all.prefix(keys.count)), by: "")
    }

    /// The same as columns of `c`.
    var chosenNames: SQLStatement {
        let all: [SQLStatement] = [", c.k1", ", c.k2", ", c.k3", ", c.k4"]
        return .joined(Array(all.prefix(keys.count)), by: "")
    }

    var clause: SQLStatement {
        let parts = keys.map { key -> SQLStatement in
            let value: SQLStatement = key.isDescending ? "\(key.value) DESC" : key.value
            if key.isAlwaysKnown { return value }
            return isBackwards ? "\(value) NULLS FIRST" : "\(value) NULLS LAST"
        }
        return "\(SQLStatement.joined(parts, by: ", ")), \(isIDDescending ? Self.idDown : Self.idUp)"
    }

    /// Holds for the rows after `position`. Throws `.invalid` when it is a position in another order.
    func after(_ position: PictureQuery.Position) throws -> SQLStatement {
        guard position.values.count == keys.count else {
            throw Failure(.invalid, "'page' belongs to a search with another 'sortby'.")
        }
        let id: SQLStatement = isIDDescending ? "p.id < \(position.id)" : "p.id > \(position.id)"
        if keys.count == 1, keys[0].isAlwaysKnown {
            // The first term lets an index start there; the second tells equal rows apart.
            let (key, value) = (keys[0], position.values[0])
            return key.isDescending
                ? "\(key.value) <= \(value) AND (\(key.value) < \(value) OR \(id))"
                : "\(key.value) >= \(value) AND (\(key.value) > \(value) OR \(id))"
        }
        var condition = id
        for (key, value) in zip(keys, position.values).reversed() {
            condition = "(\(beyond(key, value)) OR (\(equal(key, value)) AND \(condition)))"
        }
        return condition
    }

    private func equal(_ key: Key, _ value: SQLValue) -> SQLStatement {
        value == .null ? "\(key.value) IS NULL" : "\(key.value) = \(value)"
    }

    private func beyond(_ key: Key, _ value: SQLValue) -> SQLStatement {
        if value == .null { return isBackwards ? "\(key.value) IS NOT NULL" : "1 = 0" }
        let further: SQLStatement = key.isDescending ? "\(key.value) < \(value)" : "\(key.value) > \(value)"
        return isBackwards || key.isAlwaysKnown ? further : "(\(further) OR \(key.value) IS NULL)"
    }

    /// Reads the columns that `columns` chose.
    func values(_ row: inout SQLRowReader) -> [SQLValue] {
        keys.map { key in
            switch key.kind {
            case .text: row.optionalText().map(SQLValue.text) ?? .null
            case .number: row.optionalDouble().map(SQLValue.real) ?? .null
            default: row.optionalInt().map { .integer(Int64($0)) } ?? .null
            }
        }
    }

    /// Whether one row comes before another, as the page shows them.
    func precedes(_ left: PictureQuery.Position, _ right: PictureQuery.Position) -> Bool {
        for (key, (a, b)) in zip(keys, zip(left.values, right.values)) where a != b {
            // The keys are as they are read; the page shows them forwards.
            return Self.precedes(a, b, isDescending: key.isDescending != isBackwards)
        }
        return isIDDescending != isBackwards ? left.id > right.id : left.id < right.id
    }

    private static func precedes(_ left: SQLValue, _ right: SQLValue, isDescending: Bool) -> Bool {
        switch (left, right) {
        case (.null, _): false
        case (_, .null): true
        case (.integer(let a), .integer(let b)): isDescending ? a > b : a < b
        case (.real(let a), .real(let b)): isDescending ? a > b : a < b
        case (.text(let a), .text(let b)):
            // By bytes, as the database compares.
            isDescending ? b.utf8.lexicographicallyPrecedes(a.utf8) : a.utf8.lexicographicallyPrecedes(b.utf8)
        default: false
        }
    }
}
