import Catalogue
import Domain
import Foundation
import GRDB
import Synchronization

/// What the catalogue's statements call and SQLite does not have.
enum SQLiteFunctions {
    static func add(to database: Database) {
        for function in [foldCase, foldAccents, placeSide] { database.add(function: function) }
    }

    /// `fold_case(text)`: what texts are compared by where case does not count.
    private static let foldCase = DatabaseFunction("fold_case", argumentCount: 1, pure: true) { values in
        String.fromDatabaseValue(values[0]).map(TextFolding.withoutCase)
    }

    /// `fold_accents(text)`: the same where accents do not count.
    private static let foldAccents = DatabaseFunction("fold_accents", argumentCount: 1, pure: true) { values in
        String.fromDatabaseValue(values[0]).map(TextFolding.withoutAccents)
    }

    /// `place_side(longitude, latitude, figure)`: 1 inside, 0 on the edge, −1 outside of a GeoJSON geometry.
    private static let placeSide = DatabaseFunction("place_side", argumentCount: 3, pure: true) { values in
        guard let longitude = Double.fromDatabaseValue(values[0]), let latitude = Double.fromDatabaseValue(values[1]),
            let text = String.fromDatabaseValue(values[2])
        else { return nil }
        return switch try figures.figure(text).side(of: GeoPoint(longitude: longitude, latitude: latitude)) {
        case .inside: 1
        case .edge: 0
        case .outside: -1
        }
    }

    private static let figures = KnownFigures()
}

/// Geometries by their texts: one statement asks for the same one with each row.
private final class KnownFigures: Sendable {
    private let known = Mutex<[String: GeoFigure]>([:])
    private static let capacity = 16

    func figure(_ text: String) throws -> GeoFigure {
        if let figure = known.withLock({ $0[text] }) { return figure }
        let figure = try JSONDecoder().decode(GeoFigure.self, from: Data(text.utf8))
        known.withLock { known in
            if known.count >= Self.capacity { known.removeAll() }
            known[text] = figure
        }
        return figure
    }
}
