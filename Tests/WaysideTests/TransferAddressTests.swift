import Domain
import Foundation
import Testing
import Transfers

@Suite("Where this server fetches from")
struct TransferAddressTests {
    @Test(
        "never from what belongs to the machine's cloud or network card alone",
        arguments: [
            [169, 254, 169, 254], [169, 254, 0, 1], [0, 0, 0, 0], [224, 0, 0, 1], [255, 255, 255, 255],
            [100, 100, 100, 200], [192, 0, 0, 192],
            [0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], [UInt8](repeating: 0, count: 16),
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 169, 254, 169, 254],
            [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, 169, 254, 169, 254],
            [0xFD, 0, 0x0E, 0xC2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54],
        ] as [[UInt8]])
    func forbidden(address: [UInt8]) {
        #expect(RemoteAddress.isForbidden(address))
    }

    @Test(
        "from others, where the administrator allows it",
        arguments: [
            [127, 0, 0, 1], [10, 0, 0, 8], [192, 0, 2, 1], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            [0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 1],
        ] as [[UInt8]])
    func usual(address: [UInt8]) {
        #expect(!RemoteAddress.isForbidden(address))
    }

    @Test("an address of this machine itself is known in each way of writing it")
    func loopback() async throws {
        for text in ["127.0.0.1", "127.1", "2130706433", "127.9.8.7", "::1", "::ffff:127.0.0.1", "localhost"] {
            #expect(RemoteAddress.isLoopback(try await RemoteAddress.find(text).bytes), "\(text)")
        }
        for text in ["10.0.0.8", "192.0.2.1", "2001:db8::1", "::ffff:192.0.2.127", "::2"] {
            #expect(!RemoteAddress.isLoopback(try await RemoteAddress.find(text).bytes), "\(text)")
        }
    }

    @Test("an address counts by its scheme, host and port, however it is written")
    func origins() throws {
        let allowed = AllowedOrigins(["https://peer.example.org", "http://127.0.0.1:8081"])
        for text in [
            "https://peer.example.org/api/collections/x", "HTTPS://Peer.Example.Org:443/api",
            "http://127.0.0.1:8081/api/collections/x",
        ] { #expect(throws: Never.self, "\(text)") { try allowed.url(text) } }
        for text in [
            "http://peer.example.org/api", "https://peer.example.org:8443/", "https://peer.example.org.evil.example/",
            "https://evil.example/https://peer.example.org", "https://me:secret@peer.example.org/",
            "file:///etc/passwd",
            "//peer.example.org/", "peer.example.org", "http://127.0.0.1/", "http://169.254.169.254/latest", "",
        ] { #expect(throws: Failure.self, "\(text)") { try allowed.url(text) } }
    }
}
