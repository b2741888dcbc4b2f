import Glibc

/// What the kernel allows this process: set before the first byte of a picture is looked at.
enum ProcessLimits {
    /// Memory for data, bytes. The server watches resident memory; this bounds what one broken picture can ask for.
    private static let data: UInt64 = 2 << 30
    /// Largest file that may be written, bytes.
    private static let fileSize: UInt64 = 1 << 30
    /// Files open at once: the engine's plugins and tables, the source, one derivative.
    private static let openFiles: UInt64 = 256
    /// Processor time one request may take, seconds.
    private static let secondsPerRequest: UInt64 = 300

    static func apply() {
        umask(0o077)
        set(RLIMIT_CORE, soft: 0, hard: 0)
        set(RLIMIT_DATA, soft: data, hard: data)
        set(RLIMIT_FSIZE, soft: fileSize, hard: fileSize)
        set(RLIMIT_NOFILE, soft: openFiles, hard: openFiles)
        // A file that reaches its limit shall fail to be written, not kill the process.
        signal(SIGXFSZ, SIG_IGN)
    }

    /// Lets the next request take its processor time, from now. The hard limit stays, so that it can be moved again.
    static func beginRequest() {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return }
        let used = UInt64(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        set(RLIMIT_CPU, soft: used + secondsPerRequest, hard: UInt64.max)
    }

    private static func set(_ resource: __rlimit_resource, soft: UInt64, hard: UInt64) {
        let number = __rlimit_resource_t(resource.rawValue)
        var limit = rlimit()
        guard getrlimit(number, &limit) == 0 else { return }
        limit.rlim_max = min(limit.rlim_max, rlim_t(hard))
        limit.rlim_cur = min(limit.rlim_max, rlim_t(soft))
        _ = setrlimit(number, &limit)
    }
}
