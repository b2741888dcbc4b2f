import Domain
import NIOCore
import NIOPosix
import NIOSSL

/// A connection to a mail server that commands are sent on, one after the other.
struct SMTPConnection: Sendable {
    let channel: any Channel
    private let replies: NIOLoopBound<SMTPReplyHandler>
    private let server: MailServer

    /// What a whole mail may take, the connection included.
    private static let limit = TimeAmount.seconds(60)
    private static let connecting = TimeAmount.seconds(15)

    /// Throws `.unavailable`.
    static func open(to server: MailServer) async throws -> SMTPConnection {
        let context = try server.security == .tls ? server.encryption() : nil
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connectTimeout(connecting)
        do {
            return try await bootstrap.connect(host: server.host, port: server.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        try channel.pipeline.syncOperations.addHandler(try tls(context, server.host))
                    }
                    let handler = SMTPReplyHandler()
                    try channel.pipeline.syncOperations.addHandler(handler)
                    _ = channel.eventLoop.scheduleTask(in: limit) { channel.close(promise: nil) }
                    return SMTPConnection(
                        channel: channel, replies: NIOLoopBound(handler, eventLoop: channel.eventLoop), server: server)
                }
            }
        } catch {
            throw Failure(
                .unavailable, "The mail server \(server.host), port \(server.port) cannot be reached.",
                underlying: error)
        }
    }

    /// The next reply.
    ///
    /// - Throws: `.unavailable` when it is a refusal, with what the server says.
    @discardableResult
    func reply() async throws -> SMTPReply {
        let reply = try await channel.eventLoop.flatSubmit { [replies, channel] in
            replies.value.next(on: channel.eventLoop)
        }.get()
        guard reply.isPositive else {
            let said = reply.lines.joined(separator: " ").prefix(200)
            throw Failure(.unavailable, "The mail server says: \(reply.code) \(said)")
        }
        return reply
    }

    /// - Parameter line: without its end; it holds none.
    @discardableResult
    func command(_ line: String) async throws -> SMTPReply {
        guard line.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw Failure(.unprocessable, "A command to a mail server holds no control characters.")
        }
        return try await send(Array("\(line)\r\n".utf8))
    }

    @discardableResult
    func send(_ bytes: [UInt8]) async throws -> SMTPReply {
        do {
            try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
        } catch {
            throw Failure(.unavailable, "The mail server has hung up.", underlying: error)
        }
        return try await reply()
    }

    /// Encrypts from here on. What the server has said before counts no more.
    func encrypt() async throws {
        let context = try server.encryption()
        try await channel.eventLoop.submit { [replies, channel, server] in
            guard !replies.value.hasLeftovers else {
                throw Failure(.unavailable, "Somebody speaks in the mail server's place before it is encrypted.")
            }
            try channel.pipeline.syncOperations.addHandler(
                try Self.tls(context, server.host), position: .first)
        }.get()
    }

    func close() { channel.close(promise: nil) }

    private static func tls(_ context: NIOSSLContext, _ host: String) throws -> NIOSSLClientHandler {
        // An address has no server name; its certificate is compared with where the connection leads.
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
    }
}
