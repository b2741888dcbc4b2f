import Foundation

/// A camera label that something is expected of, and what has come from it.
package struct WatchedLabel: Hashable, Sendable {
    package let id: CameraLabelID
    package let name: String
    package let watch: LabelWatch
    /// When the last file came, kept or refused.
    package let lastArrival: Date?
    /// Files of the last day whose tags were read.
    package let files: Int
    /// Of these, how many had no position.
    package let withoutPosition: Int

    package init(
        id: CameraLabelID, name: String, watch: LabelWatch, lastArrival: Date?, files: Int, withoutPosition: Int
    ) {
        self.id = id
        self.name = name
        self.watch = watch
        self.lastArrival = lastArrival
        self.files = files
        self.withoutPosition = withoutPosition
    }

    /// What there is to say of it at a moment.
    package func findings(at moment: Date) -> [AlertFinding] {
        [silence(at: moment), positions].compactMap(\.self)
    }

    private func silence(at moment: Date) -> AlertFinding? {
        guard let rhythm = watch.rhythm else { return nil }
        let last = max(lastArrival ?? .distantPast, watch.since)
        var details = ["label": name, "rhythm": "\(Int(rhythm))"]
        details["last"] = lastArrival.map { RFC3339.string($0) }
        // The grace counts from the end of the rhythm, not from the look that sees it.
        let isTrouble = moment.timeIntervalSince(last) > rhythm + watch.grace
        return AlertFinding(AlertTopic(.labelSilent, id.string), isTrouble: isTrouble, details: details)
    }

    private var positions: AlertFinding? {
        guard let most = watch.positionsMissing else { return nil }
        // Few files say nothing, and neither do they say that all is well again.
        let isTrouble = files < LabelWatch.fewestFiles ? nil : withoutPosition * 100 > most * files
        let details = [
            "label": name, "files": "\(files)", "without": "\(withoutPosition)", "most": "\(most)",
            "percent": "\(files == 0 ? 0 : withoutPosition * 100 / files)",
        ]
        return AlertFinding(AlertTopic(.positionsMissing, id.string), isTrouble: isTrouble, details: details)
    }
}
