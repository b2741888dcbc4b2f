import Domain

/// A form that says who may see something.
struct VisibilityChoice: Sendable {
    /// Where it is posted to.
    let action: String
    let options: [PageOption]

    /// - Parameter isPublic: whether `anyone` may be chosen on this instance.
    init(_ current: Visibility, action: String, isPublic: Bool, _ words: PageWords) {
        self.action = action
        options = Visibility.allCases.filter { $0 != .anyone || isPublic || current == .anyone }.map {
            PageOption($0.rawValue, words("visibility.\($0.rawValue)"), isSelected: $0 == current)
        }
    }

    /// What was chosen; throws `.unprocessable` for what may not be.
    static func chosen(_ form: PageForm, isPublic: Bool) throws -> Visibility {
        guard let value = try UploadSetRequest.visibility(form["visibility"], isPublic: isPublic) else {
            throw Failure(.invalid, "The field 'visibility' is missing.")
        }
        return value
    }
}
