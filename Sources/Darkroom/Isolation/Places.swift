/// The places that a darkroom has to do with; everything else is closed to it.
struct Places: Sendable {
    /// Absolute paths of folders and files that may be read.
    let readable: [String]
    /// Absolute paths of folders in which files may be made, written and removed.
    let writable: [String]

    /// What the C library, the inference engine and its thread pool look at when they start, and where Foundation
    /// looks for time zones. Of `/proc` only what is about this process or about the machine.
    static let ofTheSystem = [
        "/etc/ld.so.cache", "/etc/localtime", "/usr/share/zoneinfo", "/dev/urandom", "/proc/self", "/proc/cpuinfo",
        "/proc/meminfo", "/proc/stat", "/proc/sys/vm", "/sys/devices/system", "/sys/fs/cgroup",
        "/sys/kernel/mm/transparent_hugepage",
    ]
    static let sink = "/dev/null"
}
