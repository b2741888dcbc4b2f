import Domain

extension SequenceStore {
    /// A thing as a list names it.
    package struct Title<Of>: Sendable {
        package let id: Identifier<Of>
        package let title: String
    }

    /// The sequences of a camera label with pictures that the viewer sees, newest capture first.
    package func titles(of label: CameraLabelID, viewer: Viewer) async throws -> [Title<PictureSequence>] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT s.id, s.title FROM sequence_figures f CROSS JOIN sequences s ON s.id = f.sequence_id
                WHERE f.audience = \(Sight(viewer).level(of: "s")) AND s.label_id = \(label)
                ORDER BY f.captured_from DESC, f.sequence_id
                """
            ) { Title(id: $0.id(), title: $0.text()) }
        }
    }

    /// The camera labels of sequences with pictures that the viewer sees, by name.
    package func labels(viewer: Viewer) async throws -> [Title<CameraLabel>] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT l.id, l.name FROM camera_labels l WHERE EXISTS (
                    SELECT 1 FROM sequence_figures f CROSS JOIN sequences s ON s.id = f.sequence_id
                    WHERE f.audience = \(Sight(viewer).level(of: "s")) AND s.label_id = l.id)
                ORDER BY l.name_key
                """
            ) { Title(id: $0.id(), title: $0.text()) }
        }
    }

    /// The pictures of a sequence that the viewer sees, by rank.
    package func pictures(of sequence: SequenceID, viewer: Viewer) async throws -> [PictureID] {
        try await engine.read { connection in
            try connection.rows(
                """
                SELECT p.id FROM pictures p
                WHERE \(Sight(viewer).sees(listed: "p")) AND p.sequence_id = \(sequence) ORDER BY p.rank
                """
            ) { $0.id() }
        }
    }
}
