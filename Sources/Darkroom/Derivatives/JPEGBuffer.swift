import CTurboJPEG
import Domain
import Foundation

/// Takes over what the encoder allocated.
enum JPEGBuffer {
    /// `body` fills in address and count of an encoded file, which then belongs to the returned `Data`.
    static func fill(
        _ body: (inout UnsafeMutablePointer<UInt8>?, inout Int) -> ws_jpeg_outcome
    ) throws -> Data {
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        let outcome = body(&bytes, &count)
        guard outcome == ws_jpeg_done, let bytes else {
            throw outcome == ws_jpeg_no_memory
                ? Failure(.unavailable, "There is no memory to encode the picture.")
                : Failure(.internalError, "The picture could not be encoded.")
        }
        return Data(
            bytesNoCopy: bytes, count: count,
            deallocator: .custom { address, _ in ws_jpeg_free(address.assumingMemoryBound(to: UInt8.self)) })
    }
}
