import Domain

extension Job.Step {
    /// The picture it is about, if it is about one.
    var picture: PictureID? {
        switch self {
        case .inspect(let id), .develop(let id), .erase(let id): id
        case .dispatch: nil
        }
    }

    /// A word for logs and metrics.
    var word: String {
        switch self {
        case .inspect: "inspect"
        case .develop: "develop"
        case .dispatch: "dispatch"
        case .erase: "erase"
        }
    }

    /// Quick ones go before those that take a second each.
    var isUrgent: Bool {
        if case .develop = self { false } else { true }
    }
}
