import Catalogue
import Domain

/// Finds the camera label of a new upload set.
struct LabelChoice: Sendable {
    let catalogue: Catalogue

    /// The named label; without a name the granted label that is a component of the path in `title` (the last such),
    /// else the only granted one.
    ///
    /// - Throws: `.notFound` for a name without a grant, a 422 problem that lists the labels when there is no choosing.
    func label(named name: String?, title: String, viewer: Viewer) async throws -> CameraLabel {
        if let name, !name.isEmpty {
            guard let label = try await catalogue.labels.find(name: name, viewer: viewer) else {
                throw Failure.notFound("camera label")
            }
            return label
        }
        let granted = try await catalogue.labels.list(viewer: viewer)
        let components = title.split { $0 == "/" || $0 == "\\" }.map { Self.folded($0) }
        for component in components.reversed() {
            if let label = granted.first(where: { Self.folded($0.name) == component }) { return label }
        }
        if granted.count == 1, let only = granted.first { return only }
        var problem = Problem(
            Failure(
                .unprocessable,
                granted.isEmpty
                    ? "No camera label is granted to this account. Ask an administrator for one."
                    : "Say which camera label these pictures belong to: put them in a folder of that name, or give camera_label.",
                details: ["reason": "camera_label_needed", "error": granted.map(\.name).joined(separator: ", ")]))
        problem.extra["camera_labels"] = .array(granted.map { .string($0.name) })
        throw problem
    }

    private static func folded(_ text: some StringProtocol) -> String {
        text.lowercased().trimmed
    }
}

extension StringProtocol {
    /// Without white space at either end.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
