import Domain
import Foundation

/// One picture's treatment, asked of a darkroom child: one line of JSON on its standard input.
package struct TreatmentRequest: Codable, Sendable {
    package enum Work: String, Codable, Sendable {
        /// Check the header and read the tags; nothing is decoded or written.
        case inspect
        /// Decode once, find, redact, write the derivatives into `outputFolder`.
        case develop
        /// As `develop`, of a file that was redacted before and whose tags are known: what is found or drawn is hidden
        /// too. The reply names only what is new.
        case redact
        /// Decode once and run `models` on it; nothing is redacted or written.
        case detect
    }

    /// Given back in the reply.
    package let id: Int64
    package let work: Work
    /// Absolute path of the staged file.
    package let source: String
    /// Absolute path of an empty folder of this request's own; `nil` unless something is written.
    package let outputFolder: String?
    /// What is hidden of the picture.
    package let policy: RedactionPolicy
    /// Refuse a header that announces more.
    package let maximumPixels: Int
    /// What is known of the picture; only for `redact` and `detect`, whose file's own tags were thinned
    /// out.
    package let tags: PictureTags?
    /// What people have said; counts after what is found.
    package let corrections: Corrections
    /// Models of the operator's that are run; of those for `blur` the findings that the policy names are hidden.
    package let models: [ModelManifest]

    package init(
        id: Int64, work: Work, source: String, outputFolder: String?, policy: RedactionPolicy, maximumPixels: Int,
        tags: PictureTags? = nil, corrections: Corrections = .none, models: [ModelManifest] = []
    ) {
        self.id = id
        self.work = work
        self.source = source
        self.outputFolder = outputFolder
        self.policy = policy
        self.maximumPixels = maximumPixels
        self.tags = tags
        self.corrections = corrections
        self.models = models
    }
}
