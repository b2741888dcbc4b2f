import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A mail server that takes what it is given, and remembers what was said to it.
package final class SMTPServer: Sendable {
    package struct Behaviour: Sendable {
        package var encryption: NIOSSLContext?
        package var offersStartTLS = false
        package var logins: [String] = []
        /// Replies to a command that starts so, instead of the usual one.
        package var replies: [String: String] = [:]
        /// Sent in one go with the reply to STARTTLS.
        package var injection = ""

        package init(
            encryption: NIOSSLContext? = nil, offersStartTLS: Bool = false, logins: [String] = [],
            replies: [String: String] = [:], injection: String = ""
        ) {
            self.encryption = encryption
            self.offersStartTLS = offersStartTLS
            self.logins = logins
            self.replies = replies
            self.injection = injection
        }
    }

    private let channel: any Channel
    private let log = Log()

    package init(_ behaviour: Behaviour = Behaviour(), port: Int = 0) async throws {
        let log = log
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture {
                    if let encryption = behaviour.encryption, !behaviour.offersStartTLS {
                        try child.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: encryption))
                    }
                    try child.pipeline.syncOperations.addHandler(Talker(behaviour, log))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
    }

    deinit { channel.close(promise: nil) }

    package func stop() async throws { try await channel.close() }

    package var port: Int { channel.localAddress?.port ?? 0 }
    /// Commands, in order, of all connections.
    package var commands: [String] { log.commands.withLock { $0 } }
    /// Mails as they came, without the dots that only travelling needs.
    package var mails: [[String]] { log.mails.withLock { $0 } }

    /// The value of a header of a mail, and its text.
    package static func read(_ mail: [String]) -> (headers: [String: String], text: String) {
        let end = mail.firstIndex(of: "") ?? mail.endIndex
        var (headers, last) = ([String: String](), "")
        for line in mail[..<end] {
            if line.hasPrefix(" ") {
                headers[last, default: ""] += line
            } else {
                let parts = line.split(separator: ":", maxSplits: 1)
                last = String(parts[0])
                headers[last] = String(parts[1].dropFirst())
            }
        }
        let body = Data(base64Encoded: mail[end...].joined()) ?? Data()
        return (headers, String(decoding: body, as: UTF8.self))
    }

    fileprivate final class Log: Sendable {
        let commands = Mutex<[String]>([])
        let mails = Mutex<[[String]]>([])
    }

    private final class Talker: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let behaviour: Behaviour
        private let log: Log
        private var pending = ""
        private var mail: [String]?
        private var secrets = 0

        init(_ behaviour: Behaviour, _ log: Log) {
            self.behaviour = behaviour
            self.log = log
        }

        func channelActive(context: ChannelHandlerContext) {
            say(behaviour.replies["hello"] ?? "220 mail.test ready", context)
            context.fireChannelActive()
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            pending += String(buffer: unwrapInboundIn(data))
            while let end = pending.range(of: "\r\n") {
                let line = String(pending[..<end.lowerBound])
                pending.removeSubrange(..<end.upperBound)
                take(line, context)
            }
        }

        private func take(_ line: String, _ context: ChannelHandlerContext) {
            if var lines = mail {
                guard line == "." else {
                    lines.append(line.hasPrefix(".") ? String(line.dropFirst()) : line)
                    return mail = lines
                }
                mail = nil
                log.mails.withLock { $0.append(lines) }
                return say("250 taken", context)
            }
            log.commands.withLock { $0.append(line) }
            if secrets > 0 {
                secrets -= 1
                return say(secrets == 0 ? "235 welcome" : "334 UGFzc3dvcmQ6", context)
            }
            answer(line, context)
        }

        private func answer(_ line: String, _ context: ChannelHandlerContext) {
            if let other = behaviour.replies.first(where: { line.hasPrefix($0.key) }) {
                return say(other.value, context)
            }
            switch line.prefix(4) {
            case "EHLO":
                let more =
                    (behaviour.offersStartTLS ? ["STARTTLS"] : [])
                    + (behaviour.logins.isEmpty ? [] : ["AUTH \(behaviour.logins.joined(separator: " "))"])
                say(
                    (["250-mail.test"] + more.map { "250-\($0)" } + ["250 8BITMIME"]).joined(separator: "\r\n"), context
                )
            case "STAR":
                say("220 go on" + (behaviour.injection.isEmpty ? "" : "\r\n\(behaviour.injection)"), context)
                if let encryption = behaviour.encryption {
                    try? context.pipeline.syncOperations.addHandler(
                        NIOSSLServerHandler(context: encryption), position: .first)
                }
            case "AUTH":
                if line.hasPrefix("AUTH LOGIN") {
                    secrets = 2
                    say("334 VXNlcm5hbWU6", context)
                } else {
                    say("235 welcome", context)
                }
            case "DATA":
                mail = []
                say("354 go on", context)
            case "QUIT": say("221 bye", context)
            default: say("250 ok", context)
            }
        }

        private func say(_ text: String, _ context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "\(text)\r\n")), promise: nil)
        }
    }
}
