/// What a filter can do, by the names of CQL2's JSON (OGC 21-065r2 §6 to §10).
package enum FilterOperator: String, Hashable, Sendable, CaseIterable {
    case and, or, not
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case greater = ">"
    case atMost = "<="
    case atLeast = ">="
    case like, between
    case isIn = "in"
    case isNull
    case foldCase = "casei"
    case foldAccents = "accenti"
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case power = "^"
    case remainder = "%"
    case wholeQuotient = "div"

    case placeIntersects = "s_intersects"
    case placeEquals = "s_equals"
    case placeDisjoint = "s_disjoint"
    case placeTouches = "s_touches"
    case placeWithin = "s_within"
    case placeContains = "s_contains"
    case placeOverlaps = "s_overlaps"
    case placeCrosses = "s_crosses"

    case timeAfter = "t_after"
    case timeBefore = "t_before"
    case timeContains = "t_contains"
    case timeDisjoint = "t_disjoint"
    case timeDuring = "t_during"
    case timeEquals = "t_equals"
    case timeFinishedBy = "t_finishedBy"
    case timeFinishes = "t_finishes"
    case timeIntersects = "t_intersects"
    case timeMeets = "t_meets"
    case timeMetBy = "t_metBy"
    case timeOverlappedBy = "t_overlappedBy"
    case timeOverlaps = "t_overlaps"
    case timeStartedBy = "t_startedBy"
    case timeStarts = "t_starts"

    case arrayEquals = "a_equals"
    case arrayContains = "a_contains"
    case arrayContainedBy = "a_containedBy"
    case arrayOverlaps = "a_overlaps"

    /// Finds a function by its name in any case, as CQL2 text has it.
    package static func function(_ name: String) -> FilterOperator? { functions[name.lowercased()] }

    private static let functions: [String: FilterOperator] = Dictionary(
        uniqueKeysWithValues: allCases.filter(\.isFunction).map { ($0.rawValue.lowercased(), $0) })

    /// Written `NAME(…)` in text.
    private var isFunction: Bool { self == .foldCase || self == .foldAccents || rawValue.dropFirst().first == "_" }

    /// How many operands it takes.
    package var operands: ClosedRange<Int> {
        switch self {
        case .and, .or: 2...FilterExpression.mostParts
        case .not, .isNull, .foldCase, .foldAccents: 1...1
        case .between: 3...3
        default: 2...2
        }
    }
}
