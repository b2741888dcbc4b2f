import Catalogue
import Domain

/// Reads chosen pictures, some hundred at a time, each with its sequence.
struct ExportCursor {
    struct Entry {
        let item: PictureItem
        /// Absent when the viewer has ceased to see it in between.
        let sequence: SequenceSummary?
    }

    private let store: ExportStore
    private let chosen: ChosenPictures
    private let viewer: Viewer
    private var place = 0
    /// The sequence of the last picture: they come together.
    private var sequence: SequenceSummary?
    private static let batch = 200

    init(store: ExportStore, chosen: ChosenPictures, viewer: Viewer) {
        self.store = store
        self.chosen = chosen
        self.viewer = viewer
    }

    /// The next of them, as they are now; nil at the end.
    mutating func next() async throws -> [Entry]? {
        guard place < chosen.count else { return nil }
        let items = try await store.items(chosen.ids(place..<place + Self.batch), viewer: viewer)
        place += Self.batch
        var entries: [Entry] = []
        for item in items {
            if let id = item.picture.sequenceID, id != sequence?.sequence.id {
                sequence = try await store.sequence(id, viewer: viewer)
            }
            entries.append(Entry(item: item, sequence: sequence))
        }
        return entries
    }
}
