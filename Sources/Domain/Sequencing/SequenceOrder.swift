import Foundation

/// The pictures of a batch in the order of the trip, and the clock they are compared by.
struct SequenceOrder {
    typealias Candidate = DispatchCandidates.Candidate

    /// In order.
    let pictures: [Candidate]
    private let clock: Clock

    /// Which time counts: only one that every picture has gives an order.
    private enum Clock {
        case satellite, camera, captured

        init(_ pictures: [Candidate]) {
            if pictures.allSatisfy({ $0.gpsTime != nil }) {
                self = .satellite
            } else if pictures.allSatisfy({ $0.cameraTime != nil }) {
                self = .camera
            } else {
                self = .captured
            }
        }

        func time(of picture: Candidate) -> Date {
            switch self {
            case .satellite: picture.gpsTime ?? picture.capturedAt
            case .camera: picture.cameraTime ?? picture.capturedAt
            case .captured: picture.capturedAt
            }
        }
    }

    init(of pictures: [Candidate], by method: DispatchRules.SortMethod) {
        let clock = Clock(pictures)
        self.clock = clock
        let named = Self.byName(pictures)
        switch method {
        case .filenameAscending: self.pictures = named
        case .filenameDescending: self.pictures = named.reversed()
        // The sort is stable, so pictures of the same moment stay in the order of their names.
        case .timeAscending: self.pictures = Self.byTime(named, clock)
        case .timeDescending: self.pictures = Self.byTime(named, clock).reversed()
        }
    }

    /// Seconds between two pictures, by the common clock.
    func seconds(between first: Candidate, and second: Candidate) -> Double {
        abs(clock.time(of: second).timeIntervalSince(clock.time(of: first)))
    }

    private static func byTime(_ pictures: [Candidate], _ clock: Clock) -> [Candidate] {
        let keyed = pictures.map { (time: clock.time(of: $0), picture: $0) }
        return keyed.sorted { $0.time < $1.time }.map(\.picture)
    }

    /// By folder, so that folders stay together, then by number when every name is one, else by name.
    private static func byName(_ pictures: [Candidate]) -> [Candidate] {
        let names = pictures.map { FileName(path: $0.path) }
        let areNumbers = names.allSatisfy { $0.number != nil }
        let keyed = zip(names, pictures).sorted { left, right in
            let (a, b) = (left.0, right.0)
            if a.folder != b.folder { return a.folder < b.folder }
            if areNumbers, a.number != b.number { return (a.number ?? 0) < (b.number ?? 0) }
            if a.name != b.name { return a.name < b.name }
            return left.1.id < right.1.id
        }
        return keyed.map(\.1)
    }

    private struct FileName {
        let folder: String
        let name: String
        /// The stem, when it is a number.
        let number: UInt64?

        init(path: String) {
            let slash = path.lastIndex(of: "/")
            folder = slash.map { String(path[..<$0]) } ?? ""
            name = slash.map { String(path[path.index(after: $0)...]) } ?? path
            let stem = name.prefix { $0 != "." }
            number = stem.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt64(stem) : nil
        }
    }
}
