import Domain

/// In which form pictures are taken away.
enum ExportFormat: String, CaseIterable {
    case geojson, csv, gpx
    /// GeoPackage.
    case gpkg
    /// The pictures themselves.
    case zip
    /// What was said in classes, as COCO has it.
    case coco
    /// The same as a table.
    case classTable = "class-csv"
    /// The pictures in a folder for each class.
    case classFolders = "class-zip"

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
        case .csv, .classTable: "text/csv; charset=utf-8; header=present"
        case .gpx: "application/gpx+xml"
        case .gpkg: "application/geopackage+sqlite3"
        case .zip, .classFolders: "application/zip"
        case .coco: "application/json; charset=utf-8"
        }
    }

    /// What the name of a file ends with.
    var ending: String {
        switch self {
        case .coco: "coco.json"
        case .classTable: "classes.csv"
        case .classFolders: "classes.zip"
        case .geojson, .csv, .gpx, .gpkg, .zip: rawValue
        }
    }

    /// Whether it is made of classes.
    var isOfClasses: Bool { [.coco, .classTable, .classFolders].contains(self) }

    /// More than this is refused: a day's download, or a directory of a ZIP that would not fit into memory.
    var mostPictures: Int { [.zip, .classFolders].contains(self) ? 100_000 : 1_000_000 }
}
