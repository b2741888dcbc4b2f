import Domain

/// What is drawn on the files of one picture.
package struct Drawings: Codable, Hashable, Sendable {
    package struct Line: Codable, Hashable, Sendable {
        package let text: String
        package let corner: Corner
        package let files: [ProcessedFile]

        package init(text: String, corner: Corner, files: [ProcessedFile]) {
            self.text = text
            self.corner = corner
            self.files = files
        }
    }

    package struct Logo: Codable, Hashable, Sendable {
        /// Absolute path of a PNG file.
        package let path: String
        package let place: LogoPlace

        package init(path: String, place: LogoPlace) {
            self.path = path
            self.place = place
        }
    }

    package let line: Line?
    package let logo: Logo?

    package static let none = Drawings(line: nil, logo: nil)

    package init(line: Line?, logo: Logo?) {
        self.line = line
        self.logo = logo
    }

    /// What is drawn on a file of this kind itself: what is on `hd` is on all that is made of it, and not drawn twice.
    package func on(_ file: ProcessedFile) -> Drawings {
        let isWanted = { (files: [ProcessedFile]) in files.contains(file) && (file == .hd || !files.contains(.hd)) }
        return Drawings(
            line: line.flatMap { isWanted($0.files) ? $0 : nil },
            logo: logo.flatMap { isWanted($0.place.files) ? $0 : nil })
    }

    package var isEmpty: Bool { line == nil && logo == nil }
}
