import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Takes what is posted to it, and answers with a status that a test can change.
package final class WebhookReceiver: Sendable {
    package struct Post: Sendable {
        package let signature: String?
        package let body: Data

        package var document: [String: Any]? { try? JSONSerialization.jsonObject(with: body) as? [String: Any] }
        package var type: String? { document?["type"] as? String }
    }

    private final class Log: Sendable {
        let posts = Mutex<[Post]>([])
        let status = Mutex<HTTPResponseStatus>(.ok)
    }

    private let channel: any Channel
    private let log = Log()

    package init() async throws {
        let log = log
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture {
                    try child.pipeline.syncOperations.configureHTTPServerPipeline()
                    try child.pipeline.syncOperations.addHandler(Receiver(log))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    deinit { channel.close(promise: nil) }

    package var address: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)/hook?key=secret" }
    package var posts: [Post] { log.posts.withLock { $0 } }

    package func answer(_ status: HTTPResponseStatus) { log.status.withLock { $0 = status } }

    private final class Receiver: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let log: Log
        private var signature: String?
        private var body = ByteBuffer()

        init(_ log: Log) { self.log = log }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                signature = head.headers.first(name: "Wayside-Signature")
                body.clear()
            case .body(var part): body.writeBuffer(&part)
            case .end:
                let post = Post(signature: signature, body: Data(body.readableBytesView))
                log.posts.withLock { $0.append(post) }
                let head = HTTPResponseHead(
                    version: .http1_1, status: log.status.withLock { $0 }, headers: ["Content-Length": "0"])
                context.write(wrapOutboundOut(.head(head)), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}
