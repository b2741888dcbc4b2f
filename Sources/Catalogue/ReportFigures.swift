import Domain

/// How many reports there are, without a word of what they say or who said it.
package struct ReportFigures: Hashable, Sendable {
    /// Only those that there are.
    package let counts: [Report.Status: [Report.Issue: Int]]

    package var total: Int { Report.Status.allCases.reduce(0) { $0 + count($1) } }

    package func count(_ status: Report.Status) -> Int { counts[status]?.values.reduce(0, +) ?? 0 }
}
