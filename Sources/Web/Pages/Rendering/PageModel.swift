import Mustache

/// The root that a template sees: `frame`, `t` (the words), and the members of the page's own view model.
struct PageModel: MustacheParent {
    let frame: PageFrame
    let words: PageWords
    let content: any Sendable

    func child(named name: String) -> Any? {
        switch name {
        case "frame": frame
        case "t": words
        default: Self.member(name, of: content)
        }
    }

    private static func member(_ name: String, of content: any Sendable) -> Any? {
        guard let value = Mirror(reflecting: content).children.first(where: { $0.label == name })?.value else {
            return nil
        }
        let mirror = Mirror(reflecting: value)
        return mirror.displayStyle == .optional ? mirror.children.first?.value : value
    }
}
