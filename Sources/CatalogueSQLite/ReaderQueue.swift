import Dispatch
import Synchronization

/// Runs blocking reads on a few threads, in the order in which they came.
///
/// A thread that is done takes the next read at once: while there is much to do nobody has to be woken up.
final class ReaderQueue: Sendable {
    typealias Read = @Sendable () -> Void

    private struct Work {
        var running = 0
        var waiting: [Read] = []
    }

    private let work = Mutex(Work())
    private let queue = DispatchQueue(label: "catalogue.readers", attributes: .concurrent)
    private let width: Int

    /// - Parameter width: how many reads run side by side.
    init(width: Int) { self.width = width }

    func run(_ read: @escaping Read) {
        let isFree = work.withLock { work in
            guard work.running < width else {
                work.waiting.append(read)
                return false
            }
            work.running += 1
            return true
        }
        guard isFree else { return }
        queue.async {
            var next: Read? = read
            while let read = next {
                read()
                next = self.next()
            }
        }
    }

    /// What has waited longest; without any the thread is given back.
    private func next() -> Read? {
        work.withLock { work in
            guard !work.waiting.isEmpty else {
                work.running -= 1
                return nil
            }
            return work.waiting.removeFirst()
        }
    }
}
