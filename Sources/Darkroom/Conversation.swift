import DarkroomProtocol
import Foundation
import Glibc

/// The dialogue with the server, one request at a time.
struct Conversation {
    private let treatment: Treatment
    private let replies: FileHandle

    /// Keeps standard output to itself: whatever a library may print goes to standard error instead.
    init(treatment: Treatment) throws {
        self.treatment = treatment
        let descriptor = dup(STDOUT_FILENO)
        guard descriptor >= 0, dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EBADF)
        }
        replies = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Until standard input ends. Throws when a line is no request: then the two ends do not understand each other.
    func run() throws {
        while let line = readLine(strippingNewline: true) {
            let request = try LineCoding.decode(TreatmentRequest.self, from: Data(line.utf8))
            ProcessLimits.beginRequest()
            let outcome = treatment.outcome(of: request)
            try replies.write(contentsOf: LineCoding.encode(TreatmentReply(id: request.id, outcome: outcome)))
        }
    }
}
