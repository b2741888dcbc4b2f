import Domain
import Foundation

/// What a darkroom child answers: one line of JSON on its standard output.
package struct TreatmentReply: Codable, Sendable {
    package enum Outcome: Codable, Sendable {
        /// `inspect` succeeded.
        case inspected(PictureTags)
        /// `develop` succeeded. Paths are file names within the request's output folder.
        case developed(Development)
        /// `look` succeeded.
        case looked(Look)
        /// `detect` succeeded: one entry for each model of the request.
        case detected([ModelFindings])
        /// `render` succeeded.
        case rendered(RenderedFile)
        /// The file will never become a picture.
        case rejected(Rejection)
        /// Something passing or of ours (a model missing, no memory): may be tried again. One sentence.
        case failed(String)
    }

    package struct Development: Codable, Sendable {
        package let tags: PictureTags
        package let redactions: [Redaction]
        /// One entry for each model that was run, whatever it found.
        package let findings: [ModelFindings]
        package let files: [WrittenFile]

        package init(tags: PictureTags, redactions: [Redaction], findings: [ModelFindings], files: [WrittenFile]) {
            self.tags = tags
            self.redactions = redactions
            self.findings = findings
            self.files = files
        }
    }

    package struct Look: Codable, Sendable {
        /// As displayed.
        package let width: Int
        package let height: Int
        /// What would be hidden, margins included, in pixels of the displayed picture.
        package let redactions: [Redaction]
        /// Processor time of the child for this picture, user and system.
        package let processorSeconds: Double
        /// `bf16` or `f32`; `no search` when nothing is looked for.
        package let precision: String

        package init(
            width: Int, height: Int, redactions: [Redaction], processorSeconds: Double, precision: String
        ) {
            self.width = width
            self.height = height
            self.redactions = redactions
            self.processorSeconds = processorSeconds
            self.precision = precision
        }
    }

    package struct WrittenFile: Codable, Sendable {
        package let name: String
        package let derivative: Derivative

        package init(name: String, derivative: Derivative) {
            self.name = name
            self.derivative = derivative
        }
    }

    /// A copy that was asked for, as a file of the request's output folder.
    package struct RenderedFile: Codable, Sendable {
        package let name: String
        /// Pixels.
        package let width: Int
        package let height: Int
        /// Bytes.
        package let size: Int64
        /// Lower-case hexadecimal.
        package let sha256: String

        package init(name: String, width: Int, height: Int, size: Int64, sha256: String) {
            self.name = name
            self.width = width
            self.height = height
            self.size = size
            self.sha256 = sha256
        }
    }

    package let id: Int64
    package let outcome: Outcome

    package init(id: Int64, outcome: Outcome) {
        self.id = id
        self.outcome = outcome
    }
}
