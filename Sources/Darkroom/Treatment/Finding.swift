/// One line of what `--check` found out.
struct Finding: CustomStringConvertible {
    let isGood: Bool
    let sentence: String

    var description: String { (isGood ? "ok: " : "fault: ") + sentence }
}
