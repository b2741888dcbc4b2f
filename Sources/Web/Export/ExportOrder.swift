import Domain

/// In which form, and for pictures in which size.
struct ExportOrder {
    static let parameters: Set<String> = ["format", "size"]

    let format: ExportFormat
    /// Of pictures in a ZIP.
    let size: Derivative.Kind

    /// Throws `.invalid` with what is wrong.
    init(format: String?, size: String?) throws {
        self.format = try ExportFormat(format)
        switch size ?? "" {
        case "", "hd": self.size = .hd
        case "sd": self.size = .sd
        default: throw Failure(.invalid, "'size' is hd or sd.")
        }
    }

    init(_ query: Query) throws { try self.init(format: query["format"], size: query["size"]) }
}
