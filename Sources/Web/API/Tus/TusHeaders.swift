import HTTPTypes

/// Header fields of tus 1.0.0 and its extensions.
extension HTTPField.Name {
    static let tusResumable = HTTPField.Name("Tus-Resumable") ?? .origin
    static let tusVersion = HTTPField.Name("Tus-Version") ?? .origin
    static let tusExtension = HTTPField.Name("Tus-Extension") ?? .origin
    static let tusMaxSize = HTTPField.Name("Tus-Max-Size") ?? .origin
    static let tusChecksumAlgorithm = HTTPField.Name("Tus-Checksum-Algorithm") ?? .origin
    static let uploadOffset = HTTPField.Name("Upload-Offset") ?? .origin
    static let uploadLength = HTTPField.Name("Upload-Length") ?? .origin
    static let uploadMetadata = HTTPField.Name("Upload-Metadata") ?? .origin
    static let uploadExpires = HTTPField.Name("Upload-Expires") ?? .origin
    static let uploadChecksum = HTTPField.Name("Upload-Checksum") ?? .origin
    static let methodOverride = HTTPField.Name("X-HTTP-Method-Override") ?? .origin
    /// Ours: the picture that a whole file became, or was already.
    static let waysidePicture = HTTPField.Name("Wayside-Picture") ?? .origin
    /// Ours: `admitted` or `duplicate`.
    static let waysideOutcome = HTTPField.Name("Wayside-Outcome") ?? .origin
}
