import CIsolation
import Glibc

/// Something that a darkroom must not be able to do, tried from inside.
struct EscapeAttempt {
    /// What it needs to be refused by: with both missing, success is no surprise.
    let walls: Set<Wall>
    /// Such as "a socket".
    let what: String
    /// 0 when it was possible, an errno otherwise.
    let attempt: () -> Int32

    /// `forbidden`: a file outside, such as the catalogue. `places` as they were walled.
    static func all(places: Places, forbidden: String?) -> [EscapeAttempt] {
        // What is not there is refused to everybody.
        let files = (["/etc/passwd"] + [forbidden].compactMap(\.self)).filter { access($0, F_OK) == 0 }
        let folders = (places.writable.map { $0 + "/.." } + places.readable + ["/tmp"]).filter { access($0, F_OK) == 0 }
        return [
            EscapeAttempt(walls: [.network, .systemCalls], what: "a way into the network") {
                min(ws_try_to_connect(AF_INET), ws_try_to_connect(AF_INET6))
            },
            EscapeAttempt(walls: [.systemCalls], what: "a local socket") { ws_try_to_connect(AF_UNIX) },
            EscapeAttempt(walls: [.systemCalls], what: "a process") { ws_try_to_start_a_process() },
            EscapeAttempt(walls: [.systemCalls], what: "a program") { ws_try_to_start_a_program() },
            EscapeAttempt(walls: [.systemCalls], what: "the server's memory") { ws_try_to_read_the_parent() },
            EscapeAttempt(walls: [.systemCalls], what: "a signal to the server") {
                kill(getppid(), 0) == 0 ? 0 : errno
            },
        ]
            + files.map { file in
                EscapeAttempt(walls: [.files], what: "a read of \(file)") { read(file) }
            }
            + folders.map { folder in
                EscapeAttempt(walls: [.files], what: "a file in \(folder)") { write(in: folder) }
            }
    }

    /// Makes the attempt.
    func made(behind standing: Walls) -> Finding {
        let error = attempt()
        if error != 0 { return Finding(.good, "Refused: \(what) (\(String(cString: strerror(error)))).") }
        let isExpected = walls.allSatisfy { standing.missing[$0] != nil }
        return Finding(isExpected ? .lacking : .fault, "Not refused: \(what).")
    }

    private static func read(_ path: String) -> Int32 {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return errno }
        close(descriptor)
        return 0
    }

    private static func write(in folder: String) -> Int32 {
        let path = "\(folder)/.wayside-\(getpid())"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return errno }
        close(descriptor)
        unlink(path)
        return 0
    }
}
