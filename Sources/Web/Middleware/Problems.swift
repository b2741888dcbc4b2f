import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1

/// Turns whatever was thrown into an answer: problem details for programs, a page for people.
struct Problems: RouterMiddleware {
    typealias Context = WebContext

    let services: WebServices
    let methods: AllowedMethods

    func handle(
        _ request: Request, context: WebContext, next: NextHandler
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPParserError {
            // The connection is beyond an answer of ours: Hummingbird closes it.
            throw error
        } catch let error as CancellationError {
            throw error
        } catch {
            let problem = problem(for: error, request: request)
            log(error, problem: problem, context: context)
            let whole = answer(problem, to: request, context: context)
            // Where no route answers, nobody else takes the body away from a HEAD (RFC 9110 §9.3.2).
            return request.method == .head ? whole.createHeadResponse() : whole
        }
    }

    private func problem(for error: any Error, request: Request) -> Problem {
        switch error {
        case let problem as Problem:
            return problem
        case let failure as Failure:
            return Problem(failure)
        case let error as HTTPError where error.status == .notFound:
            return unmatched(request)
        case let error as any HTTPResponseError where error.status == .contentTooLarge:
            return Problem(Failure(.tooLarge, "The body is larger than what is taken here."))
        case let error as any HTTPResponseError:
            return Problem(
                status: error.status, code: "invalid", message: (error as? HTTPError)?.body ?? error.status.reasonPhrase
            )
        default:
            return Problem(Failure(.internalError, ""))
        }
    }

    /// No route: either the path is wrong, or only the method is.
    private func unmatched(_ request: Request) -> Problem {
        let allowed = methods.methods(for: request.uri.path)
        guard !allowed.isEmpty, !allowed.contains(request.method.rawValue) else {
            return Problem(Failure.notFound("page"))
        }
        return Problem(
            status: .methodNotAllowed, code: "methodNotAllowed", message: "This address does not take that method.",
            headers: [.allow: allowed.joined(separator: ", ")])
    }

    private func answer(_ problem: Problem, to request: Request, context: WebContext) -> Response {
        let path = request.uri.path
        let language = Authentication.language(of: request, among: services.languages)
        let sentences = services.sentences(language)
        guard !path.hasPrefix("/api"), request.headers[.accept]?.contains("text/html") == true else {
            return problem.response(language, sentences)
        }
        if problem.status == .unauthorized { return Self.toLogin(request) }
        if problem.details["reason"] == "password_change_required" { return .redirect(seeOther: "/account/password") }
        var headers = problem.headers
        headers[.contentType] = "text/html; charset=utf-8"
        headers[.cacheControl] = "no-store"
        var context = context
        context.language = language
        let html = ProblemPage.html(
            status: problem.status.code, message: sentences(problem.message), context: context, services: services)
        return Response(status: problem.status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: html)))
    }

    /// To the login page, and back afterwards.
    private static func toLogin(_ request: Request) -> Response {
        guard request.method == .get || request.method == .head else { return .redirect(seeOther: "/login") }
        let target = request.uri.path + (request.uri.query.map { "?\($0)" } ?? "")
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~/"))
        let encoded = target.addingPercentEncoding(withAllowedCharacters: allowed) ?? "/"
        return .redirect(seeOther: target == "/" ? "/login" : "/login?next=\(encoded)")
    }

    private func log(_ error: any Error, problem: Problem, context: WebContext) {
        guard problem.status.code >= 500 else { return }
        var metadata: Logger.Metadata = ["status": "\(problem.status.code)", "error": "\(error)"]
        if let underlying = (error as? Failure)?.underlying { metadata["underlying"] = "\(underlying)" }
        context.logger.error("request failed", metadata: metadata)
    }
}
