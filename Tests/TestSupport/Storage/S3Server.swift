import AsyncHTTPClient
import Domain
import Foundation
import Glibc
import NIOCore
import NIOHTTP1
import StorageS3
import Synchronization

/// A real S3 server as a child process on free loopback ports, with a folder of its own. Both go with the test process,
/// however that ends.
package final class S3Server: Sendable {
    /// Two programs that have nothing in common.
    package enum Kind: String, CaseIterable, Sendable {
        case seaweedFS, rclone
        /// rclone without keys: what is in it is anybody's.
        case open
    }

    package static let accessKey = "wayside-test"
    package static let secretKey = "wayside-test-secret"
    /// A bucket of SeaweedFS whose `pictures/` anybody may read.
    package static let halfOpen = "half-open"

    package let kind: Kind
    package let port: Int
    /// Where it keeps everything.
    package let folder: String
    private let watcher = Mutex<Process?>(nil)

    /// The one server of this kind that all tests of a process share; each has a bucket of its own.
    package static func shared(_ kind: Kind) async throws -> S3Server { try await SharedServers.all.server(kind) }

    /// One that no other test uses.
    package init(_ kind: Kind) async throws {
        self.kind = kind
        folder = FileManager.default.temporaryDirectory.appending(path: "wayside-s3-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let ports = try FreePorts.some(8)
        port = ports[0]
        try start(try arguments(ports))
        do {
            // It answers, and it takes a bucket.
            try await eventually(within: .seconds(100)) { try await self.isReady() }
        } catch {
            throw Failure(.unavailable, "The S3 server \(kind) did not come up: \(log.suffix(2000))")
        }
    }

    package var endpoint: String { "http://127.0.0.1:\(port)" }

    private var log: String { (try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? "" }

    /// A new, empty, private bucket.
    ///
    /// - Parameter port: of a proxy that stands before the server.
    package func makeBucket(port: Int? = nil) async throws -> S3Bucket {
        let name = "test-\(UUID().uuidString.lowercased())"
        try Self.require(try await request("PUT", "/\(name)"))
        return try bucket(name, port: port)
    }

    /// How Wayside knows a bucket of this server.
    package func bucket(
        _ name: String, port: Int? = nil, accessKey: String = S3Server.accessKey,
        secretKey: String = S3Server.secretKey, region: String = "us-east-1"
    ) throws -> S3Bucket {
        try S3Bucket(
            endpoint: "http://127.0.0.1:\(port ?? self.port)", name: name, region: region,
            credentials: S3Credentials(accessKey: accessKey, secretKey: secretKey))
    }

    /// Asks the server itself, past what is tested; status and body.
    package func request(
        _ method: String, _ path: String, query: [(name: String, value: String)] = [], body: String = ""
    ) async throws -> (status: Int, body: String) {
        let answer = try await send(method, path, query, Data(body.utf8))
        return (answer.status, String(decoding: answer.body, as: UTF8.self))
    }

    /// The bytes of an object, read past what is tested.
    package func object(_ path: String) async throws -> Data {
        let answer = try await send("GET", path, [], Data())
        guard answer.status == 200 else { throw Failure(.notFound, "\(answer.status) \(path)") }
        return answer.body
    }

    package func put(_ bytes: Data, _ path: String) async throws {
        let answer = try await send("PUT", path, [], bytes)
        guard answer.status == 200 else { throw Failure(.unavailable, "\(answer.status) \(path)") }
    }

    private func send(
        _ method: String, _ path: String, _ query: [(name: String, value: String)], _ body: Data
    ) async throws -> (status: Int, body: Data) {
        let moment = Date()
        let headers = [
            (name: "Host", value: "127.0.0.1:\(port)"), (name: "x-amz-date", value: AWSSignature.time(moment)),
            (name: "x-amz-content-sha256", value: CanonicalRequest.unsignedPayload),
        ]
        let canonical = CanonicalRequest(
            method: method, path: path, query: query, headers: headers,
            payloadHash: CanonicalRequest.unsignedPayload)
        let credentials = S3Credentials(accessKey: Self.accessKey, secretKey: Self.secretKey)
        let signature = AWSSignature(credentials: credentials, region: "us-east-1")
        var request = HTTPClientRequest(url: "\(endpoint)\(path)?\(canonical.queryText)")
        request.method = .init(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        request.headers.add(name: "Authorization", value: signature.authorization(for: canonical, at: moment))
        if !body.isEmpty { request.body = .bytes(ByteBuffer(bytes: body)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let bytes = try await response.body.collect(upTo: 8 << 20)
        return (Int(response.status.code), Data(bytes.readableBytesView))
    }

    private static func require(_ answer: (status: Int, body: String)) throws {
        guard answer.status == 200 else { throw Failure(.unavailable, "\(answer.status) \(answer.body)") }
    }

    private func isReady() async throws -> Bool {
        guard let answer = try? await request("PUT", "/test-first") else { return false }
        return answer.status == 200 || answer.status == 409
    }

    // MARK: The process

    private func start(_ arguments: [String]) throws {
        // The shell sees to it that nothing stays behind: it ends the server when the test process is gone.
        let script = """
            folder=$1 owner=$2; shift 2; cd "$folder" || exit 1
            "$@" >log 2>&1 </dev/null &
            tail --pid="$owner" -f /dev/null; kill -9 $!; cd /; rm -rf "$folder"
            """
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script, "sh", folder, "\(getpid())"] + arguments
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        watcher.withLock { $0 = process }
    }

    private func arguments(_ ports: [Int]) throws -> [String] {
        switch kind {
        case .seaweedFS:
            let keys = #"[{"accessKey": "\#(Self.accessKey)", "secretKey": "\#(Self.secretKey)"}]"#
            let identity = #"{"name": "wayside", "credentials": \#(keys), "actions": ["Admin"]}"#
            let half = #"["Read:\#(Self.halfOpen)/pictures/*"]"#
            let anybody = #"{"name": "anonymous", "actions": \#(half)}"#
            try Data(#"{"identities": [\#(identity), \#(anybody)]}"#.utf8)
                .write(to: URL(filePath: "\(folder)/keys.json"))
            let names = [
                "s3.port", "s3.port.grpc", "master.port", "master.port.grpc", "volume.port", "volume.port.grpc",
                "filer.port", "filer.port.grpc",
            ]
            return [
                try Self.program("weed"), "-logtostderr=true", "server", "-dir=\(folder)", "-s3",
                "-s3.config=\(folder)/keys.json", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-volume.max=2000",
                "-master.volumeSizeLimitMB=128", "-master.electionTimeout=1s", "-s3.port.iceberg=0",
                "-s3.port.lance=0", "-s3.iam=false", "-s3.autoCreateBucket=false",
            ] + zip(names, ports).map { "-\($0)=\($1)" }
        case .rclone:
            return try Self.rclone(folder, ports[0]) + ["--auth-key", "\(Self.accessKey),\(Self.secretKey)"]
        case .open:
            return try Self.rclone(folder, ports[0])
        }
    }

    private static func rclone(_ folder: String, _ port: Int) throws -> [String] {
        let root = "\(folder)/root"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        return [
            try program("rclone"), "serve", "s3", root, "--addr", "127.0.0.1:\(port)", "--config",
            "\(folder)/rclone.conf",
        ]
    }

    /// - Throws: what to do when set-up has not fetched it.
    package static func program(_ name: String) throws -> String {
        let path = PackageFolder.path(".deps/buckets/\(name)")
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw Failure(.notFound, "There is no \(path): run Scripts/setup --tests, which fetches the S3 servers.")
        }
        return path
    }
}

/// One server of each kind for all tests of this process.
private actor SharedServers {
    static let all = SharedServers()
    private var starting: [S3Server.Kind: Task<S3Server, any Error>] = [:]

    func server(_ kind: S3Server.Kind) async throws -> S3Server {
        let task = starting[kind] ?? Task { try await S3Server(kind) }
        starting[kind] = task
        return try await task.value
    }
}
