import Domain
import Foundation

/// What a darkroom child answers: one line of JSON on its standard output.
package struct TreatmentReply: Codable, Sendable {
    package enum Outcome: Codable, Sendable {
        /// `inspect` succeeded.
        case inspected(PictureTags)
        /// `develop` succeeded. Paths are file names within the request's output folder.
        case developed(Development)
        /// `detect` succeeded: one entry for each model of the request.
        case detected([ModelFindings])
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

    package struct WrittenFile: Codable, Sendable {
        package let name: String
        package let derivative: Derivative

        package init(name: String, derivative: Derivative) {
            self.name = name
            self.derivative = derivative
        }
    }

    package let id: Int64
    package let outcome: Outcome

    package init(id: Int64, outcome: Outcome) {
        self.id = id
        self.outcome = outcome
    }
}
