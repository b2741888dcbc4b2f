import NIOCore
import NIOHTTP1
import Storage

/// Sends bytes of files straight from the kernel's memory to a client's socket (sendfile(2)), past this program.
struct FileSender: Sendable {
    /// Smaller files go with the head of their answer in one piece.
    static let least: Int64 = 64 << 10

    private let channel: any Channel

    /// Nil where there is no plain socket of HTTP/1.1: under TLS every byte has to be encrypted here.
    init?(channel: any Channel, usesTLS: Bool) {
        guard !usesTLS, channel.remoteAddress != nil else { return nil }
        self.channel = channel
    }

    /// Sends them and returns when the kernel has taken all. The head of the answer must have been written before.
    func send(_ file: OpenFile, _ range: Range<Int64>) async throws {
        let channel = channel
        try await channel.eventLoop.flatSubmit { () -> EventLoopFuture<Void> in
            let handle = NIOFileHandle(_deprecatedTakingOwnershipOfDescriptor: file.descriptor)
            let region = FileRegion(
                fileHandle: handle, readerIndex: Int(range.lowerBound), endIndex: Int(range.upperBound))
            let promise = channel.eventLoop.makePromise(of: Void.self)
            do {
                // From the encoder towards the socket: what is written there is not framed, as a body of known length.
                let encoder = try channel.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
                encoder.writeAndFlush(NIOAny(IOData.fileRegion(region)), promise: promise)
            } catch {
                promise.fail(error)
            }
            return promise.futureResult.always { _ in
                // The descriptor stays the file's, which lives until here.
                withExtendedLifetime(file) { _ = try? handle.takeDescriptorOwnership() }
            }
        }.get()
    }
}
