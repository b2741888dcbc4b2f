import CIsolation
import Glibc

/// The walls hold for the thread that puts them up and those that it starts. OpenBLAS, which OpenCV brings along where it is
/// installed, starts threads of its own when it is loaded: before the first line of this program.
enum SingleThread {
    private static let threadsOfOpenBLAS = "OPENBLAS_NUM_THREADS"

    /// Starts the program anew without such threads, in the same process; where that does not help either, the walls say so.
    static func ensure() {
        guard ws_thread_count() > 1, getenv(threadsOfOpenBLAS) == nil else { return }
        setenv(threadsOfOpenBLAS, "1", 1)
        execv("/proc/self/exe", CommandLine.unsafeArgv)
    }
}
