import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Sequences as a table (RFC 4180), all of them, with Panoramax' names of columns.
struct CollectionTable: Sendable {
    let catalogue: Catalogue
    let viewer: Viewer
    /// For the file's name.
    let title: String

    private static let names = [
        "id", "status", "name", "created", "updated", "capture_date", "minimum_capture_time", "maximum_capture_time",
        "min_x", "min_y", "max_x", "max_y", "nb_pictures", "length_km", "visibility", "camera_label",
    ]
    private static let batch = 500

    /// `format` counts before `Accept`.
    static func isWanted(_ format: String?, _ request: Request) throws -> Bool {
        switch format {
        case "csv": true
        case "json": false
        case nil: request.headers[.accept]?.lowercased().hasPrefix("text/csv") == true
        default: throw Failure(.invalid, "'format' is json or csv.")
        }
    }

    /// The first rows are read before the answer begins, so that what is refused is refused with a status.
    func response(_ wanted: CollectionListRequest) async throws -> Response {
        var query = wanted.query
        query.limit = Self.batch
        let first = try await catalogue.sequences.list(query, viewer: viewer)
        let name = SafeFileName.part(title, fallback: "wayside")
        return Response(
            status: .ok,
            headers: [
                .contentType: ExportFormat.csv.mediaType, .cacheControl: "private, no-store",
                .vary: "Cookie, Authorization, Accept",
                .contentDisposition: SafeFileName.disposition("\(name)-\(RFC3339.string(.now).prefix(10)).csv"),
            ],
            body: ResponseBody { [query] writer in
                var (rows, query, bytes) = (first, query, [UInt8]())
                CSVText.write(Self.names, to: &bytes)
                while true {
                    for row in rows { CSVText.write(Self.cells(row), to: &bytes) }
                    try await writer.write(ByteBuffer(bytes: bytes))
                    bytes.removeAll(keepingCapacity: true)
                    query.after = rows.last.flatMap(query.sort.position)
                    guard rows.count == Self.batch, query.after != nil else { break }
                    rows = try await catalogue.sequences.list(query, viewer: viewer)
                }
                try await writer.finish(nil)
            })
    }

    private static func cells(_ summary: SequenceSummary) -> [String] {
        let (sequence, box) = (summary.sequence, summary.box)
        let captured = [summary.capturedFrom, summary.capturedTo].map { time in time.map { RFC3339.string($0) } ?? "" }
        let place = [box?.west, box?.south, box?.east, box?.north].map { $0.map(DecimalText.degrees) ?? "" }
        var cells = [
            sequence.id.string, CollectionDocument(summary: summary, baseURL: "").status, CSVText.text(sequence.title),
            RFC3339.string(sequence.createdAt), RFC3339.string(sequence.updatedAt), String(captured[0].prefix(10)),
        ]
        cells += captured
        cells += place
        cells += [
            "\(summary.pictures)", DecimalText.text(summary.length / 1000, places: 3), sequence.visibility.rawValue,
            CSVText.text(summary.label),
        ]
        return cells
    }
}
