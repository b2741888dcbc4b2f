import CIsolation
import Foundation
import Glibc

/// The walls of this process, put up before the first byte of a picture is looked at. None can be taken down again.
///
/// A kernel that lacks one does not stop the darkroom; it is said, by `--check` and on standard error.
struct Walls: Sendable {
    /// Why a wall is not there.
    let missing: [Wall: String]

    /// Puts up what the kernel offers. To be called while the process has one thread.
    static func raise(around places: Places) -> Walls {
        var missing: [Wall: String] = [:]
        func note(_ wall: Wall, _ error: Int32) {
            if error != 0, missing[wall] == nil { missing[wall] = reason(error) }
        }
        note(.network, ws_wall_network())
        note(.rights, ws_wall_no_capabilities())
        note(.rights, ws_wall_no_new_rights())
        note(.files, close(places))
        // Last: it lets none of the above be done again.
        note(.systemCalls, ws_wall_system_calls())
        return Walls(missing: missing)
    }

    /// Closes every place but these; an errno, or 0.
    private static func close(_ places: Places) -> Int32 {
        // The rules hold for the thread that asks, and those it starts later.
        guard ws_thread_count() == 1 else { return EBUSY }
        let rules = ws_files_begin()
        guard rules >= 0 else { return -rules }
        _ = ws_files_allow_program(rules)
        for path in places.readable + Places.ofTheSystem { _ = ws_files_allow(rules, path, 0) }
        for path in places.writable + [Places.sink] { _ = ws_files_allow(rules, path, 1) }
        return ws_files_enforce(rules)
    }

    private static func reason(_ error: Int32) -> String {
        switch error {
        case ENOSYS, EOPNOTSUPP: "this kernel does not offer it"
        case EPERM: "this kernel, or what the server runs in, does not allow it"
        default: String(cString: strerror(error))
        }
    }

    /// A line for each wall.
    var findings: [Finding] {
        Wall.allCases.map { wall in
            guard let reason = missing[wall] else { return Finding(.good, wall.sentence) }
            return Finding(.lacking, "\(wall.lack): \(reason).")
        }
    }

    /// Says on standard error what is missing: the server logs it.
    func complain() {
        for finding in findings where finding.kind == .lacking {
            try? FileHandle.standardError.write(contentsOf: Data("walls: \(finding.sentence)\n".utf8))
        }
    }
}
