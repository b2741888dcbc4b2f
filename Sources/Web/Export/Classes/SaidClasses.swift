import Catalogue
import Domain

/// What was said of one picture in the classes of one scheme, as an export has it.
struct SaidClasses {
    struct Box {
        let region: Annotation
        let classes: [PictureClass]
    }

    let scheme: ClassScheme
    /// Of the whole picture.
    let classes: [PictureClass]
    let boxes: [Box]

    /// Nil when nothing was said: the picture is not one without, it is one that nobody has looked at.
    init?(_ item: PictureItem, in scheme: ClassScheme) {
        guard scheme.holds(for: item.picture.labelID) else { return nil }
        self.scheme = scheme
        switch scheme.subject {
        case .picture:
            classes = scheme.classes(in: item.semantics)
            boxes = []
            guard !classes.isEmpty else { return nil }
        case .box:
            classes = []
            boxes = item.annotations.compactMap { region in
                let classes = scheme.classes(in: region.tags)
                return classes.isEmpty ? nil : Box(region: region, classes: classes)
            }
            guard !boxes.isEmpty || item.semantics.contains(scheme.mark) else { return nil }
        }
    }
}
