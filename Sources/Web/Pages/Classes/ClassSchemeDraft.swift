import Domain
import Foundation

/// What stands in the form of a scheme of classes, whether or not it is one.
struct ClassSchemeDraft: Sendable {
    struct Row: Sendable {
        let number: Int
        let value: String
        let english: String
        let french: String
        let colour: String
        let digit: String

        init(number: Int, value: String = "", english: String = "", french: String = "", colour: String, digit: String)
        {
            self.number = number
            self.value = value
            self.english = english
            self.french = french
            self.colour = colour
            self.digit = digit
        }

        /// What was left as it was offered is not meant.
        var isEmpty: Bool { (value + english + french).trimmed.isEmpty }
    }

    let name: String
    let key: String
    let subject: String
    /// Nil: all camera labels.
    let labels: Set<String>?
    private(set) var rows: [Row]

    /// Rows to fill in beyond those that are.
    private static let spare = 3
    private static let first = 5

    /// An empty one.
    init() {
        name = ""
        key = ""
        subject = ClassScheme.Subject.picture.rawValue
        labels = nil
        rows = []
        addRows(upTo: Self.first)
    }

    init(_ scheme: ClassScheme) {
        name = scheme.name
        key = scheme.key
        subject = scheme.subject.rawValue
        labels = scheme.labels.map { Set($0.map(\.string)) }
        rows = scheme.classes.enumerated().map { index, each in
            Row(
                number: index + 1, value: each.value, english: each.english, french: each.french, colour: each.colour,
                digit: each.digit.map { "\($0)" } ?? "")
        }
        addRows(upTo: rows.count + Self.spare)
    }

    /// As it was typed; `known` is what is changed.
    init(_ form: PageForm, changing known: ClassScheme? = nil) {
        name = form["name"]
        key = known?.key ?? form["key"]
        subject = known?.subject.rawValue ?? form["subject"]
        labels = form["for"] == "some" ? Set(form.all("label")) : nil
        let columns = ["value", "english", "french", "colour", "digit"].map { form.all($0) }
        rows = (0..<min(columns[0].count, 2 * ClassScheme.mostClasses)).map { index in
            let cells = columns.map { index < $0.count ? $0[index] : "" }
            return Row(
                number: index + 1, value: cells[0], english: cells[1], french: cells[2], colour: cells[3],
                digit: cells[4])
        }
    }

    private mutating func addRows(upTo count: Int) {
        let colours = ClassSchemeRequest.colours
        var free = (1...9).map { "\($0)" }.filter { digit in !rows.contains { $0.digit == digit } }
        for number in (rows.count + 1)..<max(rows.count + 1, min(count, ClassScheme.mostClasses) + 1) {
            let digit = free.isEmpty ? "" : free.removeFirst()
            rows.append(Row(number: number, colour: colours[(number - 1) % colours.count], digit: digit))
        }
    }

    /// Throws `.unprocessable` with the rule that is broken.
    func scheme(changing known: ClassScheme? = nil) throws -> ClassScheme {
        guard let subject = ClassScheme.Subject(rawValue: subject) else {
            throw Failure(.unprocessable, "The subject of a scheme is picture or box.")
        }
        let classes = try rows.filter { !$0.isEmpty }.map { row in
            let digit = row.digit.trimmed
            return try PictureClass(
                value: row.value, english: row.english, french: row.french, colour: row.colour,
                // What is no number is no digit either.
                digit: digit.isEmpty ? nil : Int(digit) ?? -1)
        }
        return try ClassScheme(
            id: known?.id ?? ClassSchemeID(), name: name, key: key, subject: subject, classes: classes,
            labels: labels.map { Set($0.compactMap { CameraLabelID($0) }) }, createdAt: known?.createdAt ?? .now)
    }
}
