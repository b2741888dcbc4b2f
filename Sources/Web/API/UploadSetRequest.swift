import Domain
import Foundation

/// What a client sends to make or change an upload set; every field is optional but `title` when it is made.
struct UploadSetRequest: Decodable {
    let title: String?
    let cameraLabel: String?
    let estimatedFiles: Int?
    let sortMethod: String?
    let noSplit: Bool?
    let splitDistance: Double?
    let splitTime: Double?
    let noDeduplication: Bool?
    let duplicateDistance: Double?
    let duplicateRotation: Double?
    let relativeHeading: Double?
    let visibility: String?
    let holdUnplaced: Bool?
    let metadata: AnyJSON?
    let semantics: [SemanticsRequest]?
    let lineage: String?

    enum CodingKeys: String, CodingKey {
        case title, visibility, metadata, semantics
        case cameraLabel = "camera_label"
        case lineage = "processing:lineage"
        case estimatedFiles = "estimated_nb_files"
        case sortMethod = "sort_method"
        case noSplit = "no_split"
        case splitDistance = "split_distance"
        case splitTime = "split_time"
        case noDeduplication = "no_deduplication"
        case duplicateDistance = "duplicate_distance"
        case duplicateRotation = "duplicate_rotation"
        case holdUnplaced = "hold_unplaced"
        case relativeHeading = "relative_heading"
    }

    static let longestTitle = 250

    /// Throws `.unprocessable` with the rule that is broken.
    func validTitle() throws -> String? {
        guard let title = title?.trimmed else { return nil }
        guard !title.isEmpty else { throw Failure(.unprocessable, "An upload set needs a title.") }
        // A path may be long; what tells it apart is its end.
        return String(title.suffix(Self.longestTitle))
    }

    func validEstimate() throws -> Int? {
        guard let estimatedFiles else { return nil }
        guard (0...10_000_000).contains(estimatedFiles) else {
            throw Failure(.unprocessable, "estimated_nb_files is not a sensible number.")
        }
        return estimatedFiles
    }

    /// - Parameter isPublic: whether `anyone` is allowed on this instance.
    func validVisibility(isPublic: Bool) throws -> Visibility? { try Self.visibility(visibility, isPublic: isPublic) }

    static func visibility(_ text: String?, isPublic: Bool) throws -> Visibility? {
        guard let text else { return nil }
        guard let value = Visibility(rawValue: text) else {
            throw Failure(.unprocessable, "visibility is one of anyone, logged-only, owner-only.")
        }
        guard value != .anyone || isPublic else {
            throw Failure(.unprocessable, "This instance shows nothing to guests: visibility cannot be 'anyone'.")
        }
        return value
    }

    /// `rules` with what the request says in place.
    func rules(over rules: DispatchRules) throws -> DispatchRules {
        var rules = rules
        if let sortMethod {
            guard let method = DispatchRules.SortMethod(rawValue: sortMethod) else {
                throw Failure(.unprocessable, "sort_method is one of time-asc, time-desc, filename-asc, filename-desc.")
            }
            rules.sortMethod = method
        }
        if let splitDistance { rules.splitDistance = try Self.positive(splitDistance, "split_distance") }
        if let splitTime { rules.splitTime = try Self.positive(splitTime, "split_time") }
        if let duplicateDistance {
            rules.duplicateDistance = try Self.positive(duplicateDistance, "duplicate_distance")
        }
        if let duplicateRotation {
            rules.duplicateRotation = try Self.positive(duplicateRotation, "duplicate_rotation")
        }
        if noSplit == true {
            rules.splitDistance = nil
            rules.splitTime = nil
        }
        if noDeduplication == true {
            rules.duplicateDistance = nil
            rules.duplicateRotation = nil
        }
        if let relativeHeading {
            guard (-180...180).contains(relativeHeading) else {
                throw Failure(.unprocessable, "relative_heading is from -180 to 180 degrees.")
            }
            rules.relativeHeading = relativeHeading
        }
        return rules
    }

    /// The client's own words, at most 64 KiB of JSON.
    func validMetadata() throws -> String? {
        guard let metadata else { return nil }
        let text = metadata.value.text
        guard text.utf8.count <= 64 << 10 else { throw Failure(.unprocessable, "metadata is at most 64 KiB.") }
        return text
    }

    /// What was done to the pictures before they are sent, in plain words.
    func validLineage() throws -> String? {
        guard let lineage = lineage?.trimmed, !lineage.isEmpty else { return nil }
        guard lineage.utf8.count <= Lineage.longest, !lineage.unicodeScalars.contains(where: Self.isControl) else {
            throw Failure(.unprocessable, "processing:lineage is at most \(Lineage.longest) bytes of text in one line.")
        }
        return lineage
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .control }

    private static func positive(_ value: Double, _ name: String) throws -> Double {
        guard value.isFinite, value >= 0, value <= 1e7 else {
            throw Failure(.unprocessable, "\(name) is not a sensible number.")
        }
        return value
    }
}
