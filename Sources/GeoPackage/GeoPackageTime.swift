import Foundation

/// A DATETIME of a GeoPackage (table 1): UTC with milliseconds.
enum GeoPackageTime {
    static func text(_ moment: Date) -> String {
        moment.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true, timeZone: .gmt))
    }
}
