import Foundation
import NIOSSL

/// A certificate for 127.0.0.1 that nobody but the test trusts, made by `openssl`.
package struct TestCertificate {
    /// PEM.
    package let path: String
    package let context: NIOSSLContext

    package init(in folder: TemporaryFolder) throws {
        path = folder.file("certificate.pem")
        let key = folder.file("key.pem")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
            "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", path,
        ]
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let chain = try NIOSSLCertificate.fromPEMFile(path)
        context = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))))
    }
}
