/// One choice of a `<select>`.
struct PageOption: Sendable {
    let value: String
    let text: String
    let isSelected: Bool

    init(_ value: String, _ text: String, isSelected: Bool = false) {
        self.value = value
        self.text = text
        self.isSelected = isSelected
    }
}
