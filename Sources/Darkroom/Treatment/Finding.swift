/// One line of what `--check` found out.
struct Finding: CustomStringConvertible {
    enum Kind {
        case good
        /// Something that this machine does not offer: known, and no reason not to work.
        case lacking
        case fault
    }

    let kind: Kind
    let sentence: String

    init(_ kind: Kind, _ sentence: String) {
        self.kind = kind
        self.sentence = sentence
    }

    var description: String {
        switch kind {
        case .good: "ok: \(sentence)"
        case .lacking: "lacking: \(sentence)"
        case .fault: "fault: \(sentence)"
        }
    }
}
