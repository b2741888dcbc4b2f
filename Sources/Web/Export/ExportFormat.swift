import Domain

/// In which form pictures are taken away.
enum ExportFormat: String, CaseIterable {
    case geojson, csv, gpx
    /// GeoPackage.
    case gpkg
    /// The pictures themselves.
    case zip

    /// Throws `.invalid` for a word that is none of these; nothing given is GeoJSON.
    init(_ text: String?) throws {
        guard let text, !text.isEmpty else {
            self = .geojson
            return
        }
        guard let format = Self(rawValue: text.lowercased()) else {
            throw Failure(
                .invalid, "'format' is one of \(Self.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        self = format
    }

    var mediaType: String {
        switch self {
        case .geojson: "application/geo+json; charset=utf-8"
        case .csv: "text/csv; charset=utf-8; header=present"
        case .gpx: "application/gpx+xml"
        case .gpkg: "application/geopackage+sqlite3"
        case .zip: "application/zip"
        }
    }

    /// More than this is refused: a day's download, or a directory of a ZIP that would not fit into memory.
    var mostPictures: Int { self == .zip ? 100_000 : 1_000_000 }
}
