import Domain

/// How two times lie to one another (OGC 21-065r2 §8, after Allen); an instant is an interval that ends where it starts.
struct TimeCondition {
    private let values: FilterValues

    init(_ values: FilterValues) { self.values = values }

    func condition(
        _ operation: FilterOperator, _ left: FilterExpression, _ right: FilterExpression
    ) throws -> SQLStatement {
        let (a, b) = (try values.value(left, as: .time), try values.value(right, as: .time))
        let relation: SQLStatement =
            switch operation {
            case .timeAfter: "\(a.sql) > \(b.end)"
            case .timeBefore: "\(a.end) < \(b.sql)"
            case .timeContains: "\(a.sql) < \(b.sql) AND \(a.end) > \(b.end)"
            case .timeDisjoint: "NOT (\(a.sql) <= \(b.end) AND \(a.end) >= \(b.sql))"
            case .timeDuring: "\(a.sql) > \(b.sql) AND \(a.end) < \(b.end)"
            case .timeEquals: "\(a.sql) = \(b.sql) AND \(a.end) = \(b.end)"
            case .timeFinishedBy: "\(a.sql) < \(b.sql) AND \(a.end) = \(b.end)"
            case .timeFinishes: "\(a.sql) > \(b.sql) AND \(a.end) = \(b.end)"
            case .timeMeets: "\(a.end) = \(b.sql)"
            case .timeMetBy: "\(a.sql) = \(b.end)"
            case .timeOverlappedBy: "\(a.sql) > \(b.sql) AND \(a.sql) < \(b.end) AND \(a.end) > \(b.end)"
            case .timeOverlaps: "\(a.sql) < \(b.sql) AND \(a.end) > \(b.sql) AND \(a.end) < \(b.end)"
            case .timeStartedBy: "\(a.sql) = \(b.sql) AND \(a.end) > \(b.end)"
            case .timeStarts: "\(a.sql) = \(b.sql) AND \(a.end) < \(b.end)"
            default: "\(a.sql) <= \(b.end) AND \(a.end) >= \(b.sql)"
            }
        return "(\(relation))"
    }
}
