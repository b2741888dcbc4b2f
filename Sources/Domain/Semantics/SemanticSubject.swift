/// What carries tags.
package enum SemanticSubject: Hashable, Sendable {
    case uploadSet(UploadSetID)
    case sequence(SequenceID)
    case picture(PictureID)
    case annotation(AnnotationID)
}
