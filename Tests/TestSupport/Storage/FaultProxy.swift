import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Stands between Wayside and its store, and lets go wrong what the test says.
package final class FaultProxy: Sendable {
    /// Asked for each request: what is to go wrong with it.
    package typealias Plan = @Sendable (HTTPRequestHead) -> Fault?

    package let port: Int
    private let target: Int
    private let listener: NIOAsyncChannel<Connection, Never>
    private let plan: Mutex<Plan>
    private let counts = Mutex<[String: Int]>([:])

    typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    /// Runs `body` with a proxy before the server at the port `target`.
    package static func with(
        _ target: Int, plan: @escaping Plan, _ body: (FaultProxy) async throws -> Void
    ) async throws {
        let proxy = try await FaultProxy(target, plan)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try? await proxy.run() }
            try await body(proxy)
            group.cancelAll()
        }
    }

    private init(_ target: Int, _ plan: @escaping Plan) async throws {
        self.target = target
        self.plan = Mutex(plan)
        listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 256)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: false)
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
        port = listener.channel.localAddress?.port ?? 0
    }

    /// From now on.
    package func change(_ plan: @escaping Plan) { self.plan.withLock { $0 = plan } }

    /// How often each fault was injected, and how many requests passed ("passed").
    package var tally: [String: Int] { counts.withLock { $0 } }

    private func run() async throws {
        try await listener.executeThenClose { connections in
            try await withThrowingDiscardingTaskGroup { group in
                for try await connection in connections {
                    group.addTask { try? await self.serve(connection) }
                }
            }
        }
    }

    /// Several requests, one after the other; ends when one goes so wrong that the connection does.
    private func serve(_ connection: Connection) async throws {
        try await connection.executeThenClose { inbound, outbound in
            var parts = inbound.makeAsyncIterator()
            while case .head(let head)? = try await parts.next() {
                let plan = plan.withLock { $0 }
                let fault = plan(head)
                counts.withLock { $0[fault?.rawValue ?? "passed", default: 0] += 1 }
                if fault == .refused { return }
                var body = ByteBuffer()
                reading: while let part = try await parts.next() {
                    switch part {
                    case .body(var piece):
                        body.writeBuffer(&piece)
                        if fault == .cutUpload { return }
                    case .end: break reading
                    case .head: return
                    }
                }
                if fault == .altered, let first = body.getInteger(at: body.readerIndex, as: UInt8.self) {
                    body.setInteger(first ^ 1, at: body.readerIndex)
                }
                guard try await answer(head, body, fault, outbound) else { return }
            }
        }
    }

    /// Whether the connection goes on.
    private func answer(
        _ head: HTTPRequestHead, _ body: ByteBuffer, _ fault: Fault?,
        _ outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    ) async throws -> Bool {
        if fault == .stall {
            try await Task.sleep(for: .seconds(600))
            return false
        }
        if let (status, code) = fault?.answer {
            let text = "<?xml version=\"1.0\"?><Error><Code>\(code)</Code><Message>made up</Message></Error>"
            let headers: HTTPHeaders = ["Content-Length": "\(text.utf8.count)", "Content-Type": "application/xml"]
            try await outbound.write(.head(.init(version: .http1_1, status: status, headers: headers)))
            if head.method != .HEAD { try await outbound.write(.body(.byteBuffer(ByteBuffer(string: text)))) }
            try await outbound.write(.end(nil))
            return true
        }
        let response = try await forward(head, body)
        let bytes = try await response.body.collect(upTo: 256 << 20)
        if fault == .lostAnswer || fault == .cutUpload { return false }
        var headers = response.headers
        headers.remove(name: "Transfer-Encoding")
        if head.method != .HEAD { headers.replaceOrAdd(name: "Content-Length", value: "\(bytes.readableBytes)") }
        if fault == .wrongTag, headers.contains(name: "ETag") {
            headers.replaceOrAdd(name: "ETag", value: "\"\(String(repeating: "0", count: 32))\"")
        }
        try await outbound.write(.head(.init(version: .http1_1, status: response.status, headers: headers)))
        if fault == .truncated {
            let half = bytes.getSlice(at: 0, length: bytes.readableBytes / 2) ?? ByteBuffer()
            try await outbound.write(.body(.byteBuffer(half)))
            return false
        }
        if head.method != .HEAD, bytes.readableBytes > 0 { try await outbound.write(.body(.byteBuffer(bytes))) }
        try await outbound.write(.end(nil))
        return true
    }

    /// As it came: the signature is over its headers.
    private func forward(_ head: HTTPRequestHead, _ body: ByteBuffer) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(target)\(head.uri)")
        request.method = head.method
        request.headers = head.headers
        request.headers.remove(name: "Content-Length")
        request.headers.remove(name: "Connection")
        if body.readableBytes > 0 || [.PUT, .POST].contains(head.method) { request.body = .bytes(body) }
        return try await HTTPClient.shared.execute(request, timeout: .seconds(60))
    }
}
