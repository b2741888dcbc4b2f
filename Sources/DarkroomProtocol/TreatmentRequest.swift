import Domain
import Foundation

/// One picture's treatment, asked of a darkroom child: one line of JSON on its standard input.
package struct TreatmentRequest: Codable, Sendable {
    package enum Work: String, Codable, Sendable {
        /// Check the header and read the tags; nothing is decoded or written.
        case inspect
        /// Decode once, find, redact, write the derivatives into `outputFolder`.
        case develop
    }

    /// Given back in the reply.
    package let id: Int64
    package let work: Work
    /// Absolute path of the staged file.
    package let source: String
    /// Absolute path of an empty folder of this request's own; `nil` for `inspect`.
    package let outputFolder: String?
    /// What is hidden of the picture.
    package let policy: RedactionPolicy
    /// Refuse a header that announces more.
    package let maximumPixels: Int

    package init(
        id: Int64, work: Work, source: String, outputFolder: String?, policy: RedactionPolicy, maximumPixels: Int
    ) {
        self.id = id
        self.work = work
        self.source = source
        self.outputFolder = outputFolder
        self.policy = policy
        self.maximumPixels = maximumPixels
    }
}
