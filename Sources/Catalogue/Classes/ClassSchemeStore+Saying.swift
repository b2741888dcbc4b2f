import Domain
import Foundation

extension ClassSchemeStore {
    /// Gives a picture a class of the scheme instead of the one that it has; nil takes it away. What is so already changes
    /// nothing, so that it may be asked for again. In the tags' history. Whether somebody may is decided before.
    ///
    /// - Throws: `.unprocessable` for a value that is no class of it, `.notFound` for the picture.
    package func say(
        _ value: String?, in scheme: ClassScheme, of picture: PictureID, by viewer: Viewer
    ) async throws -> ClassState {
        if let value, !scheme.values.contains(value) {
            throw Failure(.unprocessable, "The scheme has no such class.", details: ["value": value])
        }
        return try await change(scheme, picture, by: viewer) { tags in
            let known = tags.filter { $0.key == scheme.key && scheme.values.contains($0.value) }
            let wanted = value.map { SemanticTag(key: scheme.key, value: $0) }
            return known.filter { $0 != wanted }.map { SemanticChange(.delete, $0) }
                + [wanted].compactMap(\.self).filter { !known.contains($0) }.map { SemanticChange(.add, $0) }
        }
    }

    /// Says of a picture that it was looked through for boxes of the scheme, or takes that back; otherwise as `say`.
    package func mark(
        _ isMarked: Bool, in scheme: ClassScheme, of picture: PictureID, by viewer: Viewer
    ) async throws -> ClassState {
        try await change(scheme, picture, by: viewer) { tags in
            guard tags.contains(scheme.mark) != isMarked else { return [] }
            return [SemanticChange(isMarked ? .add : .delete, scheme.mark)]
        }
    }

    private func change(
        _ scheme: ClassScheme, _ picture: PictureID, by viewer: Viewer,
        _ changes: @escaping @Sendable ([SemanticTag]) -> [SemanticChange]
    ) async throws -> ClassState {
        let moment = Date.now
        return try await engine.write { connection in
            let due = changes(try TagTable(.picture(picture)).tags(connection))
            if !due.isEmpty {
                try SemanticStore.apply(due, to: .picture(picture), by: viewer, at: moment, connection)
            }
            guard let state = try Self.states(scheme, where: "p.id = \(picture)", connection).first else {
                throw Failure.notFound("picture")
            }
            return state
        }
    }
}
