import Domain
import Hummingbird
import Intake

/// What a sender is told of one file, whichever way it came.
struct UploadAnswer {
    let baseURL: String

    /// The answer of what became of a whole file; throws the problem where it did not become a picture.
    func response(to outcome: IntakeOutcome) throws -> Response {
        switch outcome {
        case .admitted(let file):
            // It has no rejection that would have to be said in words.
            let document = UploadFileDocument(file: file, baseURL: baseURL, sentences: .english)
            return .json(document.json, status: .accepted)
        case .duplicate(let picture, let set, let sha256): throw Self.duplicate(picture, set, sha256)
        case .refused(let file): throw Self.refusal(file)
        }
    }

    private static func duplicate(_ picture: PictureID, _ set: UploadSetID, _ sha256: String) -> Problem {
        var problem = Problem(
            Failure(
                .conflict, "This picture is already there.",
                details: ["reason": "file_duplicate", "existing_item": picture.string, "sha256": sha256]))
        problem.extra["existing_item"] = ["id": .string(picture.string)]
        problem.extra["picture_id"] = .string(picture.string)
        problem.extra["upload_sets"] = [["id": .string(set.string)]]
        return problem
    }

    /// Why a file was refused, as it is recorded in its upload set.
    static func refusal(_ file: UploadFile) -> Problem {
        let rejection = file.rejection ?? Rejection(.otherError, "The file could not be taken.")
        var details = rejection.details
        details["reason"] = rejection.reason.rawValue
        let code: Failure.Code = rejection.details["cause"] == "too_large" ? .tooLarge : .unprocessable
        var problem = Problem(Failure(code, rejection.message, details: details))
        problem.extra["file_name"] = .string(file.path)
        problem.rejection = rejection
        return problem
    }

    /// Nobody has to send what is too large to be taken.
    static func tooLarge(_ limit: Int64) -> Failure {
        let megabytes = max(1, limit / 1_000_000)
        return Failure(.tooLarge, "A picture is at most \(megabytes) MB.", details: ["limit": "\(limit)"])
    }
}
