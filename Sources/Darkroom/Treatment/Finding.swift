/// One line of what a check found out.
package struct Finding: CustomStringConvertible {
    package enum Kind {
        case good
        /// Something that this machine does not offer: known, and no reason not to work.
        case lacking
        case fault
    }

    package let kind: Kind
    package let sentence: String

    init(_ kind: Kind, _ sentence: String) {
        self.kind = kind
        self.sentence = sentence
    }

    package var description: String {
        switch kind {
        case .good: "ok: \(sentence)"
        case .lacking: "lacking: \(sentence)"
        case .fault: "fault: \(sentence)"
        }
    }
}
