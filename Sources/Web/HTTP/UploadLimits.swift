/// What an upload may weigh beside the picture itself.
enum UploadLimits {
    /// Bytes of multipart headers, boundaries and form fields around one file.
    static let envelope: Int64 = 256 << 10
}
