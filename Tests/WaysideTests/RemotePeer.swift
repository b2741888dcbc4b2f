import NIOCore
import NIOPosix

/// Another server, that answers each GET with the bytes that a test says, and then hangs up.
final class RemotePeer: Sendable {
    typealias Answer = @Sendable (_ path: String) async throws -> [UInt8]

    private let channel: any Channel

    init(_ answer: @escaping Answer) async throws {
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture {
                    try child.pipeline.syncOperations.addHandler(Answerer(answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    deinit { channel.close(promise: nil) }

    var origin: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }

    /// A whole answer; its length is told as it is, unless `length` says another.
    static func answer(_ type: String, _ body: [UInt8], length: String? = nil) -> [UInt8] {
        let head =
            "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(length ?? "\(body.count)")\r\n"
            + "Connection: close\r\n\r\n"
        return Array(head.utf8) + body
    }

    private final class Answerer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let answer: Answer
        private var request = ""

        init(_ answer: @escaping Answer) { self.answer = answer }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            request += String(buffer: unwrapInboundIn(data))
            guard request.contains("\r\n\r\n") else { return }
            let path = request.split(separator: " ").dropFirst().first.map(String.init) ?? "/"
            let channel = context.channel
            let answered = context.eventLoop.makeFutureWithTask { [answer] in try await answer(path) }
            answered.whenComplete { result in
                let bytes = (try? result.get()) ?? []
                channel.writeAndFlush(ByteBuffer(bytes: bytes)).whenComplete { _ in channel.close(promise: nil) }
            }
        }
    }
}
