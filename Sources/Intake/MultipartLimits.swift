/// How much of a multipart body that is not a file's content is put up with.
package struct MultipartLimits: Hashable, Sendable {
    /// Bytes before the first delimiter, or of padding after one.
    package var preambleBytes = 4096
    /// Bytes of the headers of one part.
    package var headerBytes = 16 * 1024
    package var parts = 100

    package init() {}
}
