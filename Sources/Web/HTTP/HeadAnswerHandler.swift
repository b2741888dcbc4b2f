import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Keeps the answer to a HEAD that has no length from getting one, and from getting the end of a chunked body: it has no
/// body at all (RFC 9110 §9.3.2, RFC 9112 §6.3). One for each connection.
final class HeadAnswerHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Of each request that is not answered yet, whether it is a HEAD: clients may send the next one meanwhile.
    private var asked = CircularBuffer<Bool>()
    private var isOpenEnded = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data) { asked.append(head.method == .head) }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.kind != .informational:
            let isHead = asked.popFirst() ?? false
            isOpenEnded = isHead && head.headerFields[.transferEncoding] != nil
            guard isOpenEnded else { break }
            // Said of the body that was taken away.
            head.headerFields[.contentLength] = nil
            context.write(wrapOutboundOut(.head(head)), promise: promise)
            return
        case .end where isOpenEnded:
            isOpenEnded = false
            promise?.succeed()
            return
        default: break
        }
        context.write(data, promise: promise)
    }
}
