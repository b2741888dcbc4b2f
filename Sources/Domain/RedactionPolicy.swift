/// What is looked for and hidden in the pictures of a camera label, how surely, and in which part of them.
package struct RedactionPolicy: Hashable, Sendable {
    package var preset: RedactionPreset
    /// What is hidden: `face`, `plate`, and classes of the operator's own models by their names. Nothing else is.
    package var subjects: [String]
    package var face: DetectionTuning
    package var plate: DetectionTuning
    package var rows: SearchedRows
    /// Outlines in fractions (0–1) of the picture as displayed; what they hold is always hidden, whatever the preset.
    package var masks: [Polygon]

    package init(
        preset: RedactionPreset = .default, subjects: [String] = ["face", "plate"],
        face: DetectionTuning = DetectionTuning(), plate: DetectionTuning = DetectionTuning(),
        rows: SearchedRows = SearchedRows(), masks: [Polygon] = []
    ) {
        self.preset = preset
        self.subjects = subjects
        self.face = face
        self.plate = plate
        self.rows = rows
        self.masks = masks
    }

    /// Whether findings of this class are hidden.
    package func hides(_ subject: String) -> Bool { preset != .none && subjects.contains(subject) }

    /// Whether findings of Wayside's own models are hidden.
    package func hides(_ subject: Redaction.Subject) -> Bool { hides(subject.rawValue) }

    /// Which of faces and plates nobody looks for.
    package var leavesVisible: Set<Redaction.Subject> { Set([.face, .plate].filter { !hides($0) }) }

    /// What an operator said of a model's findings; a mask is not found.
    package func tuning(of subject: Redaction.Subject) -> DetectionTuning {
        switch subject {
        case .face: face
        case .plate: plate
        default: DetectionTuning()
        }
    }
}

extension RedactionPolicy: Codable {
    private enum CodingKeys: String, CodingKey {
        case preset, subjects, face, plate, rows, masks
    }

    /// What is not said is as in a new policy, so that a later version can add to what an older one stored.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self), usual = RedactionPolicy()
        self.init(
            preset: try values.decodeIfPresent(RedactionPreset.self, forKey: .preset) ?? usual.preset,
            subjects: try values.decodeIfPresent([String].self, forKey: .subjects) ?? usual.subjects,
            face: try values.decodeIfPresent(DetectionTuning.self, forKey: .face) ?? usual.face,
            plate: try values.decodeIfPresent(DetectionTuning.self, forKey: .plate) ?? usual.plate,
            rows: try values.decodeIfPresent(SearchedRows.self, forKey: .rows) ?? usual.rows,
            masks: try values.decodeIfPresent([Polygon].self, forKey: .masks) ?? usual.masks)
    }
}
