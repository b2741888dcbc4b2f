import Domain

/// In which form, and for pictures in which size.
struct ExportOrder {
    static let parameters: Set<String> = ["format", "size", "scheme"]

    let format: ExportFormat
    /// Of pictures in a ZIP.
    let size: Derivative.Kind
    /// Whose classes; nil: those of all that one knows.
    let scheme: ClassSchemeID?

    /// Throws `.invalid` with what is wrong.
    init(format: String?, size: String?, scheme: String? = nil) throws {
        self.format = try ExportFormat(format)
        self.scheme = try Self.scheme(scheme ?? "", self.format)
        switch size ?? "" {
        case "", "hd": self.size = .hd
        case "sd": self.size = .sd
        default: throw Failure(.invalid, "'size' is hd or sd.")
        }
    }

    init(_ query: Query) throws {
        try self.init(format: query["format"], size: query["size"], scheme: query["scheme"])
    }

    private static func scheme(_ text: String, _ format: ExportFormat) throws -> ClassSchemeID? {
        guard !text.isEmpty else {
            guard format != .classFolders else {
                throw Failure(.invalid, "'scheme' says whose classes become folders.")
            }
            return nil
        }
        guard format.isOfClasses else {
            throw Failure(.invalid, "'scheme' goes with the formats coco, class-csv and class-zip.")
        }
        guard let id = ClassSchemeID(text) else { throw unknownScheme }
        return id
    }

    static let unknownScheme = Failure(.invalid, "'scheme' is not the id of a scheme of classes.")
}
