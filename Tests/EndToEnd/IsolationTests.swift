import Domain
import Foundation
import Glibc
import TestSupport
import Testing

/// What a picture that takes its darkroom over could get at.
@Suite("The darkroom's walls", .timeLimit(.minutes(5)))
struct IsolationTests {
    @Test(
        "from inside a darkroom the network, the database and every other folder are out of reach, or check says why not"
    )
    func refused() async throws {
        let server = try BuiltServer()
        try await server.start()
        let report = try await server.command(["check"])
        #expect(report.status == 0, "\(report.output)")
        #expect(!report.output.contains("fault:"), "\(report.output)")
        let attempts = [
            ("a way into the network", "It shares the server's network"),
            ("a local socket", "No system call is refused"),
            ("a process", "No system call is refused"),
            ("a program", "No system call is refused"),
            ("a signal to the server", "No system call is refused"),
            ("a read of \(server.data)/catalogue.sqlite", "It could read and write what the server may"),
            ("a file in \(server.data)/darkroom/..", "It could read and write what the server may"),
            ("a file in \(server.data)/staging", "It could read and write what the server may"),
            ("a file in /tmp", "It could read and write what the server may"),
        ]
        for (attempt, lack) in attempts {
            let isRefused = report.output.contains("ok: Refused: \(attempt) (")
            #expect(isRefused || report.output.contains("lacking: \(lack): "), "\(attempt): \(report.output)")
        }
    }

    @Test("the child of a running server has the walls that check reports, no environment and no core file")
    func running() async throws {
        let server = try BuiltServer(["WAYSIDE_DARKROOM_PROCESSES": "1"])
        try await server.start()
        let batch = try await Batch.open(on: server)
        _ = try await batch.send(TestJPEG.drive(0).data(), name: "a.jpg")
        try await batch.finish()
        try await eventually { DataFolder(path: server.data).working().isEmpty }
        let report = try await server.wayside("check")
        let child = try #require(DataFolder(path: server.data).children().first)
        let status = try String(contentsOfFile: "/proc/\(child)/status", encoding: .utf8)
        if report.contains("ok: The kernel refuses it sockets") { #expect(status.contains("Seccomp:\t2")) }
        if report.contains("ok: It has no capability") {
            #expect(status.contains("NoNewPrivs:\t1"))
            // Root keeps two (1 and 2): to read and to search past folder modes.
            let kept = geteuid() == 0 ? "0000000000000006" : "0000000000000000"
            #expect(
                status.contains("CapEff:\t\(kept)") || geteuid() == 0 && status.contains("CapEff:\t0000000000000000"))
        }
        if report.contains("ok: It is in a network of its own") {
            let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(child)/ns/net")
            let servers = try FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/\(server.processIdentifier)/ns/net")
            #expect(own != servers)
        }
        // Where OpenBLAS is installed the child has started itself anew without its threads.
        let environment = try Data(contentsOf: URL(fileURLWithPath: "/proc/\(child)/environ"))
        #expect(["", "OPENBLAS_NUM_THREADS=1\0"].contains(String(decoding: environment, as: UTF8.self)))
        // Nothing that the server has open came with it: neither a socket nor the database.
        for descriptor in try FileManager.default.contentsOfDirectory(atPath: "/proc/\(child)/fd") {
            let path = "/proc/\(child)/fd/\(descriptor)"
            guard let what = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { continue }
            #expect(what.hasPrefix("pipe:"), "\(descriptor): \(what)")
        }
        let limits = try String(contentsOfFile: "/proc/\(child)/limits", encoding: .utf8)
        let lines = limits.split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
        func limit(_ name: String) -> [String] {
            lines.first { $0.starts(with: name.split(separator: " ").map(String.init)) } ?? []
        }
        #expect(limit("Max core file size").contains("0"))
        for name in ["Max data size", "Max file size", "Max open files", "Max cpu time"] {
            #expect(limit(name).dropFirst(3).first.map { $0 != "unlimited" } == true, "\(name): \(limits)")
        }
    }
}
