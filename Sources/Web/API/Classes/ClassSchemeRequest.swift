import Domain
import Foundation

/// A scheme of classes as programs write it.
struct ClassSchemeRequest: Decodable {
    struct Titles: Decodable {
        let en: String?
        let fr: String?
    }

    struct Class: Decodable {
        let value: String
        let title: Titles?
        let colour: String?
        let digit: Int?
    }

    let name: String
    let key: String?
    let subject: String?
    let classes: [Class]
    let labels: [String]?

    enum CodingKeys: String, CodingKey {
        case name, key, subject, classes
        case labels = "camera_labels"
    }

    /// Colours that are told apart by most eyes, for classes of which nothing is said.
    static let colours = [
        "#2a9d5c", "#e0a100", "#d1495b", "#3d7dd8", "#8e5bd0", "#00979d", "#c65f1b", "#6b7f2a", "#b0457b", "#5f6b73",
    ]

    /// - Parameter known: what it is to replace; its key and its subject stay.
    /// - Throws: `.unprocessable` with the rule that is broken.
    func scheme(replacing known: ClassScheme? = nil) throws -> ClassScheme {
        let subject = try chosenSubject() ?? known?.subject ?? .picture
        guard let key = key ?? known?.key else { throw Failure(.invalid, "The field 'key' is missing.") }
        if let known, subject != known.subject || key != known.key {
            throw Failure(
                .unprocessable, "Key and subject of a scheme stay as they are: what was said is stored with them.")
        }
        return try ClassScheme(
            id: known?.id ?? ClassSchemeID(), name: name, key: key, subject: subject, classes: try chosenClasses(),
            labels: try chosenLabels(), createdAt: known?.createdAt ?? .now)
    }

    private func chosenSubject() throws -> ClassScheme.Subject? {
        try subject.map { word in
            guard let subject = ClassScheme.Subject(rawValue: word) else {
                throw Failure(.unprocessable, "The subject of a scheme is picture or box.")
            }
            return subject
        }
    }

    private func chosenClasses() throws -> [PictureClass] {
        try classes.enumerated().map { index, each in
            try PictureClass(
                value: each.value, english: each.title?.en ?? "", french: each.title?.fr ?? "",
                colour: each.colour ?? Self.colours[index % Self.colours.count], digit: each.digit)
        }
    }

    private func chosenLabels() throws -> Set<CameraLabelID>? {
        try labels.map { texts in
            Set(
                try texts.map { text in
                    guard let id = CameraLabelID(text) else {
                        throw Failure(.unprocessable, "A camera label is named by its id here.")
                    }
                    return id
                })
        }
    }
}
