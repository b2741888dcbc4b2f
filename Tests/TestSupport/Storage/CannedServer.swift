import NIOCore
import NIOHTTP1
import NIOPosix

/// Answers every request in the same words: for what no real server can be brought to say.
package enum CannedServer {
    private typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    /// Runs `body` with the port it listens on.
    package static func with(
        status: HTTPResponseStatus, headers: HTTPHeaders = [:], body text: String, _ body: (Int) async throws -> Void
    ) async throws {
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: false)
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
        let port = listener.channel.localAddress?.port ?? 0
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try? await listener.executeThenClose { connections in
                    for try await connection in connections { try? await serve(connection, status, headers, text) }
                }
            }
            try await body(port)
            group.cancelAll()
        }
    }

    private static func serve(
        _ connection: Connection, _ status: HTTPResponseStatus, _ headers: HTTPHeaders, _ text: String
    ) async throws {
        try await connection.executeThenClose { inbound, outbound in
            var parts = inbound.makeAsyncIterator()
            var isHead = false
            while let part = try await parts.next() {
                if case .head(let head) = part { isHead = head.method == .HEAD }
                guard case .end = part else { continue }
                var headers = headers
                headers.replaceOrAdd(name: "Content-Length", value: "\(text.utf8.count)")
                headers.replaceOrAdd(name: "Connection", value: "close")
                try await outbound.write(.head(.init(version: .http1_1, status: status, headers: headers)))
                if !isHead { try await outbound.write(.body(.byteBuffer(ByteBuffer(string: text)))) }
                try await outbound.write(.end(nil))
                return
            }
        }
    }
}
