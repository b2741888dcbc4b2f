import Foundation

/// How the pipeline claims, retries and tidies up.
package struct PipelineSettings: Sendable {
    package var darkroom: DarkroomSettings
    /// A picture is given up after so many attempts that it may itself be the cause of.
    package var attempts = 3
    /// A picture is given up after so many claims that had no outcome at all: the server may have died of it each time.
    /// Many, since it may have been killed for any other reason.
    package var claims = 20
    /// A picture that children say they are unable to process is given up after so many attempts in one run, by when
    /// days have passed: a missing model has been noticed, and no picture stays in work for ever.
    package var patience = 600
    /// Seconds before the next attempt of a picture that failed once, twice …
    package var retryDelays: [TimeInterval] = [5, 30]
    /// Seconds before the next try when something else than the picture is at fault (no room, a model missing):
    /// repeated as often as it takes, at last with the longest wait, so that work goes on soon after it is put right.
    package var outageDelays: [TimeInterval] = [5, 30, 120, 300]
    /// Seconds a claim holds unless it is renewed.
    package var lease: TimeInterval = 120
    /// How often the catalogue is asked whether somebody else has queued something.
    package var pollInterval: Duration = .milliseconds(500)
    /// How long pictures in work may take to finish when the server is stopping; the rest are put back.
    package var stopLimit: Duration = .seconds(10)
    /// How often abandoned files are looked for, beginning at the start.
    package var janitorInterval: Duration = .seconds(3_600)
    /// Seconds that a receipt for something erased is kept once that is gone.
    package var receiptsKept = Self.threeYears
    package static let threeYears: TimeInterval = 1095 * 86_400
    /// How often originals and parts of files are looked for that were let go, or whose time is over.
    package var expiryInterval: Duration = .seconds(5)
    /// Every so many of these rounds, the whole store is looked through as well.
    package var storeRounds = 24

    package init(darkroom: DarkroomSettings) {
        self.darkroom = darkroom
    }

    /// Jobs in work at once: while one is being stored, another is with a child.
    var workers: Int { darkroom.children + 2 }
    /// Jobs claimed and not yet in work.
    var ahead: Int { 2 * workers }

    /// Seconds to wait after an attempt that counts against the picture, or does not.
    func delay(attempt: Int, counts: Bool) -> TimeInterval {
        let delays = counts ? retryDelays : outageDelays
        return delays.isEmpty ? 0 : delays[min(max(0, attempt - 1), delays.count - 1)]
    }
}
