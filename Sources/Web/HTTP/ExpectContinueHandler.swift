import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Answers `Expect: 100-continue` (RFC 9110 §10.1.1) when the body is about to be read, and not before: a client whose
/// request is refused gets the final answer without having sent anything. One for each connection.
final class ExpectContinueHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Sent down the channel by whoever begins to read the body.
    struct Leave: Sendable {}

    private var isAwaited = false

    /// Whether the client waits for leave to send its body.
    static func isExpected(by head: HTTPRequest) -> Bool {
        head.headerFields[.expect]?.lowercased() == "100-continue"
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data) { isAwaited = Self.isExpected(by: head) }
        context.fireChannelRead(data)
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is Leave else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        if isAwaited {
            isAwaited = false
            context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
        }
        promise?.succeed()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // After the final answer has begun it is too late.
        isAwaited = false
        context.write(data, promise: promise)
    }
}
