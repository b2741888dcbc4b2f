import Domain
import HTTPTypes
import Hummingbird

/// What every request and answer of tus 1.0.0 has: the version, on problems too.
struct TusProtocol: RouterMiddleware {
    typealias Context = WebContext

    static let version = "1.0.0"
    static let extensions = "creation,creation-with-upload,expiration,checksum,termination"

    let configuration: WebConfiguration

    func handle(_ request: Request, context: WebContext, next: NextHandler) async throws -> Response {
        do {
            // People and scripts may look with a plain GET.
            if request.method != .options, request.method != .get { try Self.checkVersion(request) }
            var response = try await next(request, context)
            response.headers[.tusResumable] = Self.version
            return response
        } catch let failure as Failure {
            throw described(Problem(failure))
        } catch let problem as Problem {
            throw described(problem)
        }
    }

    private func described(_ problem: Problem) -> Problem {
        var problem = problem
        problem.headers[.tusResumable] = Self.version
        problem.headers[.tusVersion] = Self.version
        if problem.code == Failure.Code.tooLarge.rawValue {
            problem.headers[.tusMaxSize] = "\(configuration.maximumFileSize)"
        }
        return problem
    }

    private static func checkVersion(_ request: Request) throws {
        guard request.headers[.tusResumable] == version else {
            throw Failure(
                .preconditionFailed, "Say which version of tus you speak: Tus-Resumable: \(version).",
                details: ["reason": "tus_version"])
        }
    }
}
