import Domain

/// What `wayside evaluate --json` prints.
struct EvaluationDocument: Encodable {
    struct Bin: Encodable {
        /// Pixels: a face's height, a plate's width.
        let from: Int
        let things: Int
        let hits: Int
        let recall: Double?
        let redactions: Int
        let wrong: Int
        let precision: Double?

        init(_ from: Double, _ count: Tally.Count) {
            self.from = Int(from)
            things = count.things
            hits = count.hits
            recall = count.recall
            redactions = count.right + count.wrong
            wrong = count.wrong
            precision = count.precision
        }
    }

    let preset: String
    let precision: String
    let pictures: Int
    let picturesWithNeither: Int
    let wrongAPicture: Double
    let secondsMedian: Double
    let secondsMean: Double
    /// Each size alone.
    let faces: [Bin]
    let plates: [Bin]
    /// Each size and all above.
    let facesFrom: [Bin]
    let platesFrom: [Bin]

    init(_ report: EvaluationReport) {
        let tally = report.tally
        func bins(_ subject: Redaction.Subject) -> [Bin] {
            zip(Tally.bins(subject), tally.counts(of: subject)).map(Bin.init)
        }
        func totals(_ subject: Redaction.Subject) -> [Bin] {
            Tally.bins(subject).map { Bin($0, tally.total(of: subject, from: $0)) }
        }
        preset = report.preset.rawValue
        precision = report.precision
        pictures = tally.pictures
        picturesWithNeither = tally.emptyPictures
        wrongAPicture = Double(tally.wrong) / Double(max(1, tally.pictures))
        secondsMedian = report.medianSeconds
        secondsMean = report.meanSeconds
        faces = bins(.face)
        plates = bins(.plate)
        facesFrom = totals(.face)
        platesFrom = totals(.plate)
    }
}
