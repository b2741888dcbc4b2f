/// A part of a first processing that has a name and is written as text: what commands, forms and the API set.
package enum ProcessingSetting: String, Sendable, CaseIterable {
    /// `x,y,width,height`: pixels, or parts from 0 to 1 where one of them has a decimal point; `none`.
    case crop
    /// Degrees clockwise: 0, 90, 180, 270.
    case rotation
    /// Degrees clockwise, −45 to 45.
    case straighten
    /// `1920x1280`; `none`.
    case fit
    /// `label,time,place` or some of these; `none`.
    case legend
    case legendText = "legend-text"
    case legendCorner = "legend-corner"
    case legendFiles = "legend-on"
    /// `hd,sd,thumb,rendition,hotlink` or some of these; `none`.
    case logoFiles = "logo-on"
    case logoCorner = "logo-corner"
    /// Of the picture's width.
    case logoWidth = "logo-width"

    /// What stands for a part that there is not.
    package static let none = "none"

    /// The value in a rule.
    package func text(of rule: FirstProcessing) -> String {
        switch self {
        case .crop: rule.crop.map(Self.text) ?? Self.none
        case .rotation: "\(rule.quarterTurns * 90)"
        case .straighten: "\(rule.angle)"
        case .fit: rule.size?.text ?? Self.none
        case .legend: Self.list(rule.legend?.fields)
        case .legendText: rule.legend?.text ?? ""
        case .legendCorner: (rule.legend ?? Legend()).corner.rawValue
        case .legendFiles: Self.list((rule.legend ?? Legend()).files)
        case .logoFiles: Self.list(rule.logo?.files)
        case .logoCorner: (rule.logo ?? LogoPlace()).corner.rawValue
        case .logoWidth: "\((rule.logo ?? LogoPlace()).width)"
        }
    }

    /// Puts a value into a rule, which is to be validated afterwards; throws `.unprocessable` for what is none.
    package func set(_ text: String, in rule: inout FirstProcessing) throws {
        let isNone = text == Self.none || text.isEmpty
        switch self {
        case .crop: rule.crop = try isNone ? nil : crop(text)
        case .rotation:
            let degrees = try isNone ? 0 : number(text)
            guard [0, 90, 180, 270].contains(degrees) else { throw refusal("0, 90, 180 or 270") }
            rule.quarterTurns = Int(degrees) / 90
        case .straighten: rule.angle = try isNone ? 0 : number(text)
        case .fit: rule.size = try isNone ? nil : Rendition(text: text)
        case .legend:
            if isNone, rule.legend?.text.isEmpty ?? true { return rule.legend = nil }
            rule.legend = rule.legend ?? Legend()
            rule.legend?.fields = try isNone ? [] : words(text, "label, time, place")
        case .legendText:
            if text.isEmpty, rule.legend?.fields.isEmpty ?? true { return rule.legend = nil }
            rule.legend = rule.legend ?? Legend(fields: [])
            rule.legend?.text = text
        case .legendCorner: rule.legend?.corner = try corner(text)
        case .legendFiles: rule.legend?.files = try files(text)
        case .logoFiles:
            if isNone { return rule.logo = nil }
            rule.logo = rule.logo ?? LogoPlace()
            rule.logo?.files = try files(text)
        case .logoCorner: rule.logo?.corner = try corner(text)
        case .logoWidth: rule.logo?.width = try number(text)
        }
    }

    private func crop(_ text: String) throws -> Crop {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmed }
        let numbers = try parts.map(number)
        guard numbers.count == 4 else { throw refusal("x,y,width,height") }
        if text.contains(".") {
            return .fractions(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
        }
        let pixels = numbers.map { Int(min(max($0, -1), 1e6)) }
        return .pixels(x: pixels[0], y: pixels[1], width: pixels[2], height: pixels[3])
    }

    private static func text(_ crop: Crop) -> String {
        switch crop {
        case .pixels(let x, let y, let width, let height): "\(x),\(y),\(width),\(height)"
        case .fractions(let x, let y, let width, let height): "\(x),\(y),\(width),\(height)"
        }
    }

    private func number(_ text: String) throws -> Double {
        guard let number = Double(text), number.isFinite else { throw refusal("a number, such as 1.5") }
        return number
    }

    private func corner(_ text: String) throws -> Corner {
        guard let corner = Corner(rawValue: text) else {
            throw refusal("top-left, top-right, bottom-left or bottom-right")
        }
        return corner
    }

    private func files(_ text: String) throws -> [ProcessedFile] {
        try words(text, "hd, sd, thumb, rendition, hotlink")
    }

    private func words<Word: RawRepresentable<String>>(_ text: String, _ all: String) throws -> [Word] {
        try text.split(separator: ",").map { part in
            guard let word = Word(rawValue: part.trimmed) else { throw refusal(all) }
            return word
        }
    }

    private static func list<Word: RawRepresentable<String>>(_ words: [Word]?) -> String {
        guard let words, !words.isEmpty else { return none }
        return words.map(\.rawValue).joined(separator: ",")
    }

    private func refusal(_ what: String) -> Failure {
        Failure(.unprocessable, "\(rawValue) is \(what).", details: ["reason": rawValue])
    }
}

extension StringProtocol {
    /// Without blanks at its ends.
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}
