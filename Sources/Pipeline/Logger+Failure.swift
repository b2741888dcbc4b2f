import Domain
import Logging

extension Logger {
    /// Logs an error with what caused it, which clients never see. Silent in a task that is being stopped: there, things
    /// fail because of that.
    func failure(_ message: Logger.Message, _ error: any Error, _ metadata: Logger.Metadata = [:]) {
        guard !Task.isCancelled else { return }
        self.error(message, metadata: metadata.merging(["error": "\(Self.text(of: error))"]) { $1 })
    }

    /// An error and its causes in one line.
    static func text(of error: any Error) -> String {
        guard let failure = error as? Failure, let cause = failure.underlying else { return "\(error)" }
        return "\(failure): \(text(of: cause))"
    }
}
