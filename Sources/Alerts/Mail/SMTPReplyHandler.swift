import Domain
import NIOCore

/// Reads replies line by line, and hands each to who waits for it.
final class SMTPReplyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var pending = ByteBuffer()
    private var lines: [String] = []
    private var replies: [SMTPReply] = []
    private var waiting: EventLoopPromise<SMTPReply>?
    private var failure: (any Error)?
    /// Bytes of one reply.
    private static let longest = 64 << 10
    private var size = 0

    /// Whether something lies here that was not asked for: sent in the clear before encryption, it must not be believed.
    var hasLeftovers: Bool { !replies.isEmpty || !lines.isEmpty || pending.readableBytes > 0 }

    func next(on loop: any EventLoop) -> EventLoopFuture<SMTPReply> {
        let promise = loop.makePromise(of: SMTPReply.self)
        if !replies.isEmpty {
            promise.succeed(replies.removeFirst())
        } else if let failure {
            promise.fail(failure)
        } else {
            waiting = promise
        }
        return promise.futureResult
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        size += buffer.readableBytes
        guard size <= Self.longest else {
            fail(Failure(.unavailable, "The mail server answers too much."))
            return context.close(promise: nil)
        }
        pending.writeBuffer(&buffer)
        while let end = pending.readableBytesView.firstIndex(of: 0x0A) {
            let line = pending.readString(length: end - pending.readerIndex + 1) ?? ""
            guard take(String(line.prefix { $0 != "\r\n" && $0 != "\n" })) else {
                fail(Failure(.unavailable, "What answers is no mail server."))
                return context.close(promise: nil)
            }
        }
    }

    /// False when it is no line of a reply.
    private func take(_ line: String) -> Bool {
        let (digits, rest) = (line.prefix(3), line.dropFirst(3))
        guard digits.count == 3, let code = Int(digits), (200...599).contains(code) else { return false }
        guard rest.isEmpty || rest.hasPrefix(" ") || rest.hasPrefix("-") else { return false }
        lines.append(String(rest.dropFirst()))
        guard !rest.hasPrefix("-") else { return true }
        let reply = SMTPReply(code: code, lines: lines)
        (lines, size) = ([], 0)
        if let promise = waiting {
            waiting = nil
            promise.succeed(reply)
        } else {
            replies.append(reply)
        }
        return true
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(Failure(.unavailable, "The mail server has hung up, or took too long."))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(Failure(.unavailable, "The connection to the mail server has failed.", underlying: error))
        context.close(promise: nil)
    }

    private func fail(_ error: any Error) {
        failure = failure ?? error
        waiting?.fail(error)
        waiting = nil
    }
}
