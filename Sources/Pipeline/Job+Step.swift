import Domain

extension Job.Step {
    /// The picture it is about, if it is about one.
    var picture: PictureID? {
        switch self {
        case .inspect(let id), .develop(let id), .erase(let id), .conceal(let id), .redact(let id), .rerun(let id): id
        // A model that cannot be run does not make a picture broken.
        case .dispatch, .detect: nil
        }
    }

    /// Whether the picture is given up when the step fails again and again; what hides or removes it is tried for ever.
    var mayBreakPicture: Bool {
        switch self {
        case .inspect, .develop, .redact, .rerun: true
        case .dispatch, .erase, .conceal, .detect: false
        }
    }

    /// A word for logs and metrics.
    var word: String {
        switch self {
        case .inspect: "inspect"
        case .develop: "develop"
        case .dispatch: "dispatch"
        case .detect: "detect"
        case .erase: "erase"
        case .conceal: "conceal"
        case .redact: "redact"
        case .rerun: "rerun"
        }
    }

    /// Quick ones go before those that take a second each.
    var isUrgent: Bool {
        switch self {
        case .develop, .rerun, .detect: false
        case .conceal, .inspect, .redact, .dispatch, .erase: true
        }
    }
}
