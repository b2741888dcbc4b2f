import Domain
import Foundation

/// What `wayside evaluate` prints.
struct EvaluationReport {
    let tally: Tally
    let preset: RedactionPreset
    /// `bf16` or `f32`, as the darkroom said.
    let precision: String
    /// Processor seconds of each picture.
    let seconds: [Double]

    var text: String {
        [Redaction.Subject.face, .plate].filter { tally.total(of: $0).things > 0 || tally.total(of: $0).wrong > 0 }
            .map(table).joined(separator: "\n\n") + "\n\n" + summary
    }

    /// The same for programs: totals by subject and least size, and what it cost.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(EvaluationDocument(self)), as: UTF8.self)
    }

    /// Of one picture, in the middle of all.
    var medianSeconds: Double { seconds.isEmpty ? 0 : seconds.sorted()[seconds.count / 2] }
    var meanSeconds: Double { seconds.isEmpty ? 0 : seconds.reduce(0, +) / Double(seconds.count) }

    private func table(_ subject: Redaction.Subject) -> String {
        var table = TextTable([
            subject == .face ? "face height, px" : "plate width, px", "things", "hidden", "recall", "redactions",
            "wrong", "precision",
        ])
        let bins = Tally.bins(subject)
        for (index, count) in tally.counts(of: subject).enumerated() where count != Tally.Count() {
            let range = index + 1 < bins.count ? "\(Int(bins[index]))–\(Int(bins[index + 1]))" : "\(Int(bins[index]))–"
            table.add(Self.row(range, count))
        }
        for size in subject == .face ? [16.0, 24] : [48.0, 64] {
            table.add(Self.row("≥ \(Int(size))", tally.total(of: subject, from: size)))
        }
        return table.text
    }

    private static func row(_ title: String, _ count: Tally.Count) -> [String] {
        [
            title, "\(count.things)", "\(count.hits)", share(count.recall), "\(count.right + count.wrong)",
            "\(count.wrong)", share(count.precision),
        ]
    }

    private static func share(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "–" }

    private var summary: String {
        var lines = [
            "\(Console.count(tally.pictures, "picture")), \(tally.emptyPictures) with neither; preset \(preset.rawValue), \(precision)",
            String(
                format: "wrong redactions: %.2f a picture, %.2f a picture with neither",
                Double(tally.wrong) / Double(max(1, tally.pictures)),
                Double(tally.wrongInEmpty) / Double(max(1, tally.emptyPictures))),
            String(
                format: "processor seconds a picture: %.2f in the median, %.2f in the mean (reading, decoding, search)",
                medianSeconds, meanSeconds),
        ]
        lines.append("A hit: nine tenths of the true box are hidden, margins included.")
        return lines.joined(separator: "\n")
    }
}
