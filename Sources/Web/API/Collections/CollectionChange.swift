import Domain

/// What a client sends to change a collection (Panoramax `PATCH /api/collections/{id}`), JSON or form.
struct CollectionChange: Decodable {
    private let title: String?
    private let visibility: String?
    private let visible: Lenient<Bool>?
    private let sortby: String?
    private let relativeHeading: Lenient<Double>?
    private let semantics: [SemanticsRequest]?

    enum CodingKeys: String, CodingKey {
        case title, visibility, visible, sortby, semantics
        case relativeHeading = "relative_heading"
    }

    /// Throws `.unprocessable` with the rule that is broken.
    func edit(isPublic: Bool) throws -> SequenceEdit {
        SequenceEdit(
            title: try SequenceTitle.valid(title),
            visibility: try UploadSetRequest.visibility(visibility, isPublic: isPublic) ?? visible?.value.visibility,
            sortMethod: try sortMethod(), relativeHeading: try heading(),
            tags: try SemanticsRequest.changes(semantics))
    }

    /// Panoramax tells the clock of the satellites from that of the file; here a picture has one time that counts.
    private func sortMethod() throws -> DispatchRules.SortMethod? {
        guard let text = sortby?.trimmed, !text.isEmpty else { return nil }
        let isDescending = text.hasPrefix("-")
        switch text.hasPrefix("+") || isDescending ? String(text.dropFirst()) : text {
        case "gpsdate", "filedate": return isDescending ? .timeDescending : .timeAscending
        case "filename": return isDescending ? .filenameDescending : .filenameAscending
        default:
            throw Failure(.unprocessable, "sortby is one of gpsdate, filedate, filename, with + or - before it.")
        }
    }

    private func heading() throws -> Double? {
        guard let degrees = relativeHeading?.value else { return nil }
        guard (-180...180).contains(degrees) else {
            throw Failure(.unprocessable, "relative_heading is from -180 to 180 degrees.")
        }
        return degrees
    }
}

extension Bool {
    /// What `visible` meant before there were visibilities.
    var visibility: Visibility { self ? .loggedOnly : .ownerOnly }
}
