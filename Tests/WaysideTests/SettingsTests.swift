import Domain
import Foundation
import StorageS3
import Testing
import Wayside

@Suite("Settings")
struct SettingsTests {
    private func settings(
        _ arguments: [String] = [], environment: [String: String] = [:], file: String? = nil
    ) async throws -> Settings {
        let folder = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        if let file { try Data(file.utf8).write(to: folder.appending(path: "wayside.json")) }
        let sources = SettingsSources(arguments: ["--data", folder.path] + arguments, environment: environment)
        return try await sources.settings()
    }

    @Test("are taken from the command line, else the environment, else the file, else they have a default")
    func order() async throws {
        let file = #"{"port": 1000, "host": "::1", "instance-name": "File", "max-pixels": 5}"#
        let environment = ["WAYSIDE_PORT": "2000", "WAYSIDE_HOST": "127.0.0.2", "WAYSIDE_MAX_FILE_SIZE": ""]
        let all = try await settings(["--port", "3000"], environment: environment, file: file)
        #expect(all.port == 3000)
        #expect(all.host == "127.0.0.2")
        #expect(all.instanceName == "File")
        #expect(all.maximumPixels == 5)
        #expect(all.maximumFileSize == 200_000_000)
        #expect(try await settings().maximumPixels == 150_000_000)
    }

    @Test("read truth values and lists everywhere")
    func kinds() async throws {
        let variables = ["WAYSIDE_PUBLIC": "true", "WAYSIDE_TRUSTED_PROXY": "10.0.0.1, 10.1.0.0/16"]
        let fromEnvironment = try await settings(environment: variables)
        #expect(fromEnvironment.isPublic)
        #expect(fromEnvironment.trustedProxies == ["10.0.0.1", "10.1.0.0/16"])
        let fromFile = try await settings(file: #"{"public": true, "trusted-proxy": ["a", "b"]}"#)
        #expect(fromFile.isPublic)
        #expect(fromFile.trustedProxies == ["a", "b"])
        let given = try await settings(
            ["--public", "false", "--trusted-proxy", "c", "--trusted-proxy", "d"], environment: variables)
        #expect(!given.isPublic)
        #expect(given.trustedProxies == ["c", "d"])
    }

    @Test(
        "that cannot be understood are an error that names them",
        arguments: [
            ("WAYSIDE_PORT", "http"), ("WAYSIDE_PORT", "70000"), ("WAYSIDE_PUBLIC", "perhaps"),
            ("WAYSIDE_LANGUAGE", "de"), ("WAYSIDE_LOG_LEVEL", "loud"), ("WAYSIDE_MAX_PIXELS", "-1"),
            ("WAYSIDE_PUBLIC_URL", "pictures.example.org"), ("WAYSIDE_TLS_KEY", "/key.pem"),
            ("WAYSIDE_BASE_MAP", "https://tiles.example.org/{z}/{x}.png"), ("WAYSIDE_BASE_MAP", "/nowhere.pmtiles"),
            ("WAYSIDE_BASE_MAP", "ftp://{z}/{x}/{y}"), ("WAYSIDE_BASE_MAP", "/etc/hostname"),
            ("WAYSIDE_DARKROOM_PROCESSES", "0"), ("WAYSIDE_CONFIG", "/nowhere.json"),
        ])
    func errors(variable: String, value: String) async throws {
        let failure = await #expect(throws: Failure.self) { try await settings(environment: [variable: value]) }
        #expect(failure?.code == .unprocessable)
    }

    @Test(
        "refuse a file with a misspelt name or another shape",
        arguments: [#"{"prot": 1}"#, "[]", "{", #"{"port": "x"}"#])
    func file(text: String) async throws {
        await #expect(throws: Failure.self) { try await settings(file: text) }
    }

    @Test("refuse to listen beyond this machine in the clear")
    func listening() async throws {
        for host in ["127.0.0.1", "127.1.2.3", "localhost", "::1"] {
            try await settings(["--host", host]).checkListening()
        }
        for host in ["0.0.0.0", "::", "192.168.1.2", "pictures.example.org", "127.0.0.1.example.org"] {
            await #expect(throws: Failure.self) { try await settings(["--host", host]).checkListening() }
            try await settings(["--host", host, "--allow-plain-http", "true"]).checkListening()
            try await settings(["--host", host, "--trusted-proxy", "10.0.0.1"]).checkListening()
            try await settings(["--host", host, "--tls-key", "k", "--tls-certificate", "c"]).checkListening()
        }
    }

    private static let bucket = [
        "WAYSIDE_STORAGE": "s3", "WAYSIDE_S3_ENDPOINT": "http://127.0.0.1:9000", "WAYSIDE_S3_BUCKET": "pictures",
        "WAYSIDE_S3_ACCESS_KEY": "key", "WAYSIDE_S3_SECRET_KEY": "secret",
    ]

    @Test("name a bucket as a whole, its keys said or in files")
    func bucket() async throws {
        #expect(try await settings().storage.kind == .directory)
        let said = try await settings(environment: Self.bucket).storage
        #expect(said.kind == .s3 && said.bucket?.name == "pictures" && said.bucket?.region == "us-east-1")
        #expect(said.redirectSeconds == 0)
        let folder = FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "secret")
        try Data("secret\n".utf8).write(to: file)
        var variables = Self.bucket
        variables["WAYSIDE_S3_SECRET_KEY_FILE"] = file.path
        await #expect(throws: Failure.self) { try await settings(environment: variables) }
        variables["WAYSIDE_S3_SECRET_KEY"] = nil
        #expect(try await settings(environment: variables).storage.bucket != nil)
        try Data().write(to: file)
        await #expect(throws: Failure.self) { try await settings(environment: variables) }
    }

    @Test(
        "refuse half a bucket, and one that cannot be",
        arguments: [
            ("WAYSIDE_S3_ENDPOINT", nil), ("WAYSIDE_S3_BUCKET", nil), ("WAYSIDE_S3_SECRET_KEY", nil),
            ("WAYSIDE_S3_ACCESS_KEY", nil), ("WAYSIDE_S3_ENDPOINT", "storage.example.org"),
            ("WAYSIDE_S3_ENDPOINT", "ftp://storage.example.org"), ("WAYSIDE_S3_ENDPOINT", "http://host/bucket"),
            ("WAYSIDE_S3_ENDPOINT", "http://key:secret@host"), ("WAYSIDE_S3_BUCKET", "Pictures"),
            ("WAYSIDE_S3_BUCKET", "../etc"), ("WAYSIDE_S3_BUCKET", "ab"), ("WAYSIDE_S3_REGION", "a/b"),
            ("WAYSIDE_STORAGE", "cloud"), ("WAYSIDE_S3_REDIRECT", "61"),
        ] as [(String, String?)])
    func halfBucket(variable: String, value: String?) async throws {
        var variables = Self.bucket
        variables[variable] = value
        let failure = await #expect(throws: Failure.self) { try await settings(environment: variables) }
        #expect(failure?.code == .unprocessable)
        #expect(failure?.message.contains("secret@") == false)
    }

    @Test("are all in Docs/configuration.md, as the program prints it")
    func page() throws {
        var root = URL(filePath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let page = try String(contentsOf: root.appending(path: "Docs/configuration.md"), encoding: .utf8)
        #expect(page == SettingsPage.text, "make it anew with: wayside settings-page > Docs/configuration.md")
        for key in SettingKey.all { #expect(page.contains("`\(key.variable)`")) }
    }

    @Test("are all options of `wayside serve`")
    func options() {
        let help = ServeHelp.text
        for key in SettingKey.all where !key.isSecret {
            #expect(help.contains(key.option), "\(key.option) is no option")
        }
        // Everybody on the machine can read a command line.
        #expect(!help.contains("--s3-secret-key "))
    }
}
