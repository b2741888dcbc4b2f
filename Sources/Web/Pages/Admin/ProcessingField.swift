import Domain

/// A part of a first processing as its page asks for it.
struct ProcessingField: Sendable {
    let name: String
    let title: String
    let hint: String?
    let value: String
    /// Typed, chosen from a list, or ticked.
    let isText: Bool
    let isChoice: Bool
    let isSeveral: Bool
    let options: [PageOption]

    init(_ setting: ProcessingSetting, of rule: FirstProcessing, _ words: PageWords) {
        let key = setting.rawValue.replacing("-", with: "_")
        let (value, choices) = (setting.text(of: rule), Self.choices(setting))
        name = setting.rawValue
        title = words("processing.\(key)")
        self.value = value
        let (isText, isSeveral) = (choices.isEmpty, Self.several.contains(setting))
        self.isText = isText
        self.isSeveral = isSeveral
        isChoice = !isText && !isSeveral
        hint = !isText && !isSeveral ? nil : words("processing.\(key)_hint")
        let chosen = Set(value.split(separator: ",").map(String.init))
        options = choices.map { choice in
            let text =
                setting == .rotation ? "\(choice)°" : words("processing.option_\(choice.replacing("-", with: "_"))")
            return PageOption(choice, text, isSelected: chosen.contains(choice))
        }
    }

    /// What a form says of it, as text: what is ticked comes several times.
    static func text(_ values: [String]) -> String { values.joined(separator: ",") }

    private static let several: Set<ProcessingSetting> = [.legend, .legendFiles, .logoFiles]

    private static func choices(_ setting: ProcessingSetting) -> [String] {
        switch setting {
        case .rotation: ["0", "90", "180", "270"]
        case .legend: Legend.Field.allCases.map(\.rawValue)
        case .legendCorner, .logoCorner: Corner.allCases.map(\.rawValue)
        case .legendFiles, .logoFiles: ProcessedFile.allCases.map(\.rawValue)
        case .crop, .straighten, .fit, .legendText, .logoWidth: []
        }
    }
}
