import Domain

/// What a picture that was made from its raw file becomes with its JPEG.
package struct RawReplacement: Sendable {
    package var tags: PictureTags
    package var redactions: [Redaction]
    package var findings: [ModelFindings]
    package var derivatives: [Derivative]
    package var revision: Int
    /// What is stored of the JPEG.
    package var original: StoredOriginal?
    /// The operator's models that are to be asked about it.
    package var models: [String]
    /// What the label's first processing came to for it.
    package var frame: PictureFrame?

    package init(
        tags: PictureTags, redactions: [Redaction], findings: [ModelFindings], derivatives: [Derivative],
        revision: Int, original: StoredOriginal?, models: [String], frame: PictureFrame? = nil
    ) {
        self.tags = tags
        self.redactions = redactions
        self.findings = findings
        self.derivatives = derivatives
        self.revision = revision
        self.original = original
        self.models = models
        self.frame = frame
    }
}
