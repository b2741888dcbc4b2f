import NIOCore
import NIOPosix
import Synchronization
import TestSupport

/// A bare socket: what goes over the wire, where a client library hides it.
struct RawConnection: Sendable {
    private let inbox: Inbox
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// What came in so far.
    private final class Inbox: Sendable {
        private let state = Mutex<(bytes: [UInt8], isClosed: Bool)>(([], false))

        func append(_ buffer: ByteBuffer) { state.withLock { $0.bytes += buffer.readableBytesView } }
        func close() { state.withLock { $0.isClosed = true } }
        var text: String { state.withLock { String(decoding: $0.bytes, as: UTF8.self) } }
        var isClosed: Bool { state.withLock { $0.isClosed } }
    }

    /// Connects, runs `body`, and closes.
    static func open<Value: Sendable>(
        port: Int, _ body: @escaping @Sendable (RawConnection) async throws -> Value
    ) async throws -> Value {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            let inbox = Inbox()
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    defer { inbox.close() }
                    for try await buffer in inbound { inbox.append(buffer) }
                }
                let value = try await body(RawConnection(inbox: inbox, outbound: outbound))
                group.cancelAll()
                return value
            }
        }
    }

    var isClosed: Bool { inbox.isClosed }

    func send(_ text: String) async throws { try await outbound.write(ByteBuffer(string: text)) }
    func send(_ bytes: [UInt8]) async throws { try await outbound.write(ByteBuffer(bytes: bytes)) }

    /// Everything so far, once it holds `text` or the other end has closed.
    func read(until text: String) async throws -> String {
        try await eventually { inbox.text.contains(text) || inbox.isClosed }
        return inbox.text
    }

    /// Everything, once the other end has closed.
    func readAll() async throws -> String {
        try await eventually { inbox.isClosed }
        return inbox.text
    }
}
