import Catalogue
import Domain
import Foundation
import GeoPackage
import Storage

/// Writes chosen pictures and their sequences into a GeoPackage.
struct GeoPackageMaking: Sendable {
    let scratch: ScratchFolder
    let baseURL: String

    /// The finished file, without a name any more.
    func file(_ cursor: ExportCursor) async throws -> OpenFile {
        let path = try await BlockingWork.run { try scratch.newPath() }
        do {
            try await write(cursor, path)
        } catch {
            try? await BlockingWork.run { scratch.drop(path) }
            throw error
        }
        return try await BlockingWork.run { try scratch.take(path) }
    }

    private func write(_ cursor: ExportCursor, _ path: String) async throws {
        var cursor = cursor
        let file = try await BlockingWork.run { try GeoPackageFile(path: path) }
        var track: Track?
        while let entries = try await cursor.next() {
            var (points, lines): ([GeoPackagePicture], [GeoPackageSequence]) = ([], [])
            for entry in entries {
                guard let point = point(entry.item) else { continue }
                points.append(point)
                if track?.accepts(entry) != true {
                    if let track { lines.append(track.sequence(baseURL)) }
                    track = Track(entry)
                }
                track?.add(point)
            }
            try await BlockingWork.run { [points, lines] in
                try file.add(points)
                for line in lines { try file.add(line) }
            }
        }
        let last = track?.sequence(baseURL)
        try await BlockingWork.run {
            if let last { try file.add(last) }
            try file.finish()
        }
    }

    private func point(_ item: PictureItem) -> GeoPackagePicture? {
        let picture = item.picture
        guard let tags = picture.tags else { return nil }
        let links = ExportLinksOfPicture(picture, baseURL: baseURL)
        var point = GeoPackagePicture(
            position: tags.position, id: picture.id.string, capturedAt: tags.capturedAt, type: tags.type.rawValue,
            width: tags.width, height: tags.height, producer: item.producer, label: item.label,
            visibility: picture.visibility.rawValue, originalName: picture.originalName, page: links.page)
        point.sequenceID = picture.sequenceID?.string
        point.rank = picture.rank
        point.altitude = tags.altitude
        point.heading = picture.heading
        point.pitch = tags.pitch
        point.roll = tags.roll
        point.fieldOfView = tags.fieldOfView
        point.accuracy = tags.horizontalAccuracy
        point.make = tags.make
        point.model = tags.model
        point.picture = links.picture
        point.thumbnail = links.thumbnail
        return point
    }

    /// The pictures of one sequence as they come.
    private struct Track {
        private let id: SequenceID?
        private let title: String
        private let producer: String
        private let label: String
        private var line: [GeoPoint] = []
        private var from = Date.distantFuture
        private var to = Date.distantPast

        init(_ entry: ExportCursor.Entry) {
            id = entry.item.picture.sequenceID
            title = entry.sequence?.sequence.title ?? id?.string ?? ""
            producer = entry.item.producer
            label = entry.item.label
        }

        func accepts(_ entry: ExportCursor.Entry) -> Bool { entry.item.picture.sequenceID == id }

        mutating func add(_ point: GeoPackagePicture) {
            line.append(point.position)
            from = min(from, point.capturedAt)
            to = max(to, point.capturedAt)
        }

        func sequence(_ baseURL: String) -> GeoPackageSequence {
            GeoPackageSequence(
                line: line, id: id?.string ?? "", title: title, producer: producer, label: label, pictures: line.count,
                capturedFrom: from, capturedTo: to, page: "\(baseURL)/sequences/\(id?.string ?? "")")
        }
    }
}
