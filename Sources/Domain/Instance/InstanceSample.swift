import Foundation

/// What the instance looked like at one moment.
package struct InstanceSample: Hashable, Sendable {
    package let at: Date
    /// Jobs in the queue.
    package var jobs: Int
    /// Files that routes owe.
    package var deliveries: Int
    /// Pictures that are there, prepared or not.
    package let pictures: Int
    /// Bytes in the store.
    package let pictureBytes: Int64
    package let originalBytes: Int64
    /// Bytes of the disk with the data folder; nil when the system does not say.
    package let diskFree: Int64?
    package let diskSize: Int64?
    /// Seconds of processor time that darkroom children have taken, and pictures that they have made in it; both count
    /// up from the first sample.
    package let darkroomSeconds: Double
    package let made: Int

    package init(
        at: Date, jobs: Int, deliveries: Int, pictures: Int, pictureBytes: Int64, originalBytes: Int64,
        diskFree: Int64?, diskSize: Int64?, darkroomSeconds: Double, made: Int
    ) {
        self.at = at
        self.jobs = jobs
        self.deliveries = deliveries
        self.pictures = pictures
        self.pictureBytes = pictureBytes
        self.originalBytes = originalBytes
        self.diskFree = diskFree
        self.diskSize = diskSize
        self.darkroomSeconds = darkroomSeconds
        self.made = made
    }

    /// Samples put together so that at most `count` are left: of those of a span, the last, with the longest queue.
    package static func thinned(_ samples: [InstanceSample], from start: Date, to end: Date, count: Int)
        -> [InstanceSample]
    {
        let span = end.timeIntervalSince(start) / Double(max(1, count))
        guard samples.count > count, span > 0 else { return samples }
        var result: [InstanceSample] = []
        var slot = Int.min
        for var sample in samples {
            let own = Int(sample.at.timeIntervalSince(start) / span)
            if own == slot, let last = result.popLast() {
                sample.jobs = max(sample.jobs, last.jobs)
                sample.deliveries = max(sample.deliveries, last.deliveries)
            }
            slot = own
            result.append(sample)
        }
        return result
    }
}
