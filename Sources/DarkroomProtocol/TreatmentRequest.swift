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
        /// Decode and find, and say what would be hidden. Needs no tags and writes nothing: for judging the models.
        case look
        /// Decode once and run `models` on it; nothing is redacted or written.
        case detect
        /// Make a copy of another size, upright, of a file that was redacted before. `tags` says which way up it is.
        case render
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
    /// What is known of the picture; only for `redact`, `detect` and `render`, whose file's own tags were thinned
    /// out.
    package let tags: PictureTags?
    /// The zone whose time the camera's clock shows where the file does not say; nil: that of the place.
    package let clockZone: String?
    /// What people have said; counts after what is found.
    package let corrections: Corrections
    /// Models of the operator's that are run; of those for `blur` the findings that the policy names are hidden.
    package let models: [ModelManifest]
    /// The size that is asked for; only for `render`.
    package let rendition: Rendition?
    /// What part of the picture is shown. `develop` makes it of the whole picture; the file of `redact` shows it already,
    /// and what the policy says of the whole picture is put where it lies in it.
    package var frame: PictureFrame?
    /// Quarters by which the file of `redact` is turned clockwise; the frame is that of after.
    package var turns = 0
    /// What somebody said of the picture's place and time: it counts more than the file's own tags.
    package let given: GivenPlace?
    /// What is drawn, on which files.
    package var drawings: Drawings
    /// What `render` makes is one of these, as drawings are chosen for them.
    package let file: ProcessedFile

    package init(
        id: Int64, work: Work, source: String, outputFolder: String?, policy: RedactionPolicy, maximumPixels: Int,
        tags: PictureTags? = nil, clockZone: String? = nil, corrections: Corrections = .none,
        models: [ModelManifest] = [],
        rendition: Rendition? = nil, frame: PictureFrame? = nil, drawings: Drawings = .none,
        given: GivenPlace? = nil, file: ProcessedFile = .rendition
    ) {
        self.id = id
        self.work = work
        self.source = source
        self.outputFolder = outputFolder
        self.policy = policy
        self.maximumPixels = maximumPixels
        self.tags = tags
        self.clockZone = clockZone
        self.corrections = corrections
        self.models = models
        self.rendition = rendition
        self.frame = frame
        self.drawings = drawings
        self.given = given
        self.file = file
    }
}
