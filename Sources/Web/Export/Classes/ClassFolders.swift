import Catalogue
import Domain

/// Where a picture lies in a ZIP with a folder for each class: once for each class that it or a box on it has.
struct ClassFolders {
    let scheme: ClassScheme
    private let folders: [String: String]

    init(scheme: ClassScheme) {
        self.scheme = scheme
        var taken: Set<String> = []
        folders = scheme.classes.reduce(into: [:]) { folders, each in
            let name = SafeFileName.part(each.value, fallback: "class")
            // Different values may have the same letters; file systems may not tell case apart.
            let folder = taken.contains(name.lowercased()) ? "\(name)-\(taken.count + 1)" : name
            taken.insert(folder.lowercased())
            folders[each.value] = folder
        }
    }

    /// None for a picture of which nothing was said.
    func names(_ entry: ExportCursor.Entry) -> [String] {
        let picture = entry.item.picture
        guard let said = SaidClasses(entry.item, in: scheme) else { return [] }
        let values = Set(said.classes.map(\.value) + said.boxes.flatMap { $0.classes.map(\.value) })
        let sequence = picture.sequenceID?.string.prefix(8) ?? ""
        let name = "\(sequence)-\(padded(picture.rank ?? 0, 6))-\(picture.id).jpg"
        return scheme.classes.filter { values.contains($0.value) }.compactMap { each in
            folders[each.value].map { "\($0)/\(name)" }
        }
    }
}
