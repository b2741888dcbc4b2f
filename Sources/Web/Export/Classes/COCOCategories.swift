import Domain

/// The classes of schemes as COCO's categories, numbered from 1.
struct COCOCategories {
    private struct Key: Hashable {
        let scheme: ClassSchemeID
        let value: String
    }

    private let numbers: [Key: Int]
    let json: JSON

    /// A category's name is the class's value, with the key before it where another scheme has that value too.
    init(_ schemes: [ClassScheme]) {
        let all = schemes.flatMap { scheme in scheme.classes.map { (scheme: scheme, each: $0) } }
        let counts = all.reduce(into: [:]) { $0[$1.each.value, default: 0] += 1 }
        numbers = Dictionary(
            uniqueKeysWithValues: all.enumerated().map { (Key(scheme: $1.scheme.id, value: $1.each.value), $0 + 1) })
        json = .array(
            all.enumerated().map { index, pair in
                let (scheme, each) = pair
                let isAlone = counts[each.value] == 1
                return [
                    "id": .int(index + 1), "name": .string(isAlone ? each.value : "\(scheme.key)=\(each.value)"),
                    "supercategory": .string(scheme.key), "scheme": .string(scheme.name),
                    "subject": .string(scheme.subject.rawValue),
                    "title": ["en": .string(each.english), "fr": .string(each.french)],
                    "color": .string(each.colour),
                ]
            })
    }

    func number(of each: PictureClass, in scheme: ClassScheme) -> Int? {
        numbers[Key(scheme: scheme.id, value: each.value)]
    }
}
