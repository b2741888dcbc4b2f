import Domain

/// The steps without their subjects, in the order in which they are claimed.
enum JobKind: String, CaseIterable {
    // What must go and what is nearly done comes first; the long work last.
    case conceal, erase, dispatch, redact, inspect, develop, rerun, detect

    init(_ step: Job.Step) {
        switch step {
        case .conceal: self = .conceal
        case .erase: self = .erase
        case .dispatch: self = .dispatch
        case .redact: self = .redact
        case .inspect: self = .inspect
        case .develop: self = .develop
        case .rerun: self = .rerun
        case .detect: self = .detect
        }
    }

    /// The lowest is claimed first.
    var priority: Int {
        switch self {
        case .conceal: -1
        case .erase: 0
        case .dispatch: 1
        case .redact: 2
        case .inspect: 3
        case .develop: 4
        case .rerun: 5
        case .detect: 6
        }
    }

    func step(subject: String) -> Job.Step {
        switch self {
        case .conceal: .conceal(PictureID(stored: subject))
        case .erase: .erase(PictureID(stored: subject))
        case .dispatch: .dispatch(UploadSetID(stored: subject))
        case .inspect: .inspect(PictureID(stored: subject))
        case .develop: .develop(PictureID(stored: subject))
        case .redact: .redact(PictureID(stored: subject))
        case .rerun: .rerun(PictureID(stored: subject))
        case .detect:
            // Picture and model, with a slash between.
            .detect(
                PictureID(stored: String(subject.prefix { $0 != "/" })),
                model: String(subject.drop { $0 != "/" }.dropFirst()))
        }
    }
}

extension Job.Step {
    /// The id of what the step is done to.
    var subject: String {
        switch self {
        case .inspect(let id), .develop(let id), .erase(let id), .conceal(let id), .redact(let id), .rerun(let id):
            id.string
        case .dispatch(let id): id.string
        case .detect(let id, let model): "\(id)/\(model)"
        }
    }
}
