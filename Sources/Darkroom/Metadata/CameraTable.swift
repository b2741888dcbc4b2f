import Domain
import Foundation

/// What is known about cameras by make and model (`cameras.csv`).
struct CameraTable: Sendable {
    struct Camera: Sendable {
        /// Millimetres.
        let sensorWidth: Double?
        let is360: Bool
        /// Metres.
        let gpsAccuracy: Double?
        /// Millimetres.
        let focalLength: Double?
        /// Degrees.
        let fieldOfView: Double?
    }

    /// Lower-case make → lower-case beginnings of model names.
    private let makes: [String: [(model: String, camera: Camera)]]

    /// Reads the table. Fails with `.unavailable` when it is missing, and `.internalError` when it is no such table.
    init(path: String) throws {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw Failure(.unavailable, "The camera table is missing: run the set-up.", underlying: error)
        }
        var lines = text.split(whereSeparator: \.isNewline)[...]
        let columns = ["make", "model", "sensor_width", "is_360", "gps_accuracy", "focal_length", "field_of_view"]
        guard let header = lines.popFirst(), Self.cells(header) == columns else {
            throw Failure(.internalError, "The camera table is damaged: run the set-up again.")
        }
        var makes: [String: [(model: String, camera: Camera)]] = [:]
        for line in lines {
            let cells = Self.cells(line)
            guard cells.count == columns.count, !cells[0].isEmpty, !cells[1].isEmpty else { continue }
            let camera = Camera(
                sensorWidth: Double(cells[2]), is360: cells[3] == "1", gpsAccuracy: Double(cells[4]),
                focalLength: Double(cells[5]), fieldOfView: Double(cells[6]))
            makes[cells[0].lowercased(), default: []].append((cells[1].lowercased(), camera))
        }
        self.makes = makes
    }

    /// The camera whose make is part of `make` and whose model begins `model`; the longest names win.
    func camera(make: String?, model: String?) -> Camera? {
        guard let make = make?.lowercased(), let model = model?.lowercased() else { return nil }
        var best: (length: Int, camera: Camera)?
        for (knownMake, cameras) in makes where make.contains(knownMake) {
            for (knownModel, camera) in cameras where model.hasPrefix(knownModel) {
                let length = knownModel.utf8.count * 1_000 + knownMake.utf8.count
                if best.map({ $0.length < length }) ?? true { best = (length, camera) }
            }
        }
        return best?.camera
    }

    /// Cells of a line, separated by semicolons, in double quotes or not; none holds a semicolon or a quote.
    private static func cells(_ line: Substring) -> [String] {
        line.split(separator: ";", omittingEmptySubsequences: false).map { cell in
            cell.count >= 2 && cell.hasPrefix("\"") && cell.hasSuffix("\"")
                ? String(cell.dropFirst().dropLast()) : String(cell)
        }
    }
}
