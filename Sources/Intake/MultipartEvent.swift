import NIOCore

/// What a multipart body turns out to hold, in order.
package enum MultipartEvent: Hashable, Sendable {
    case partBegan(PartHeaders)
    /// Some bytes of the part; never empty.
    case data(ByteBuffer)
    case partEnded
    /// The closing delimiter was seen; what follows it is ignored.
    case finished
}
