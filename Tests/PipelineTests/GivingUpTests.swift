import Catalogue
import Domain
import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("What can never come to an end is given up", .timeLimit(.minutes(2)))
struct GivingUpTests {
    @Test("a picture that the server died of again and again is given up, and may be tried again")
    func fatal() async throws {
        let bench = try await PipelineBench()
        let id = try await bench.admitPicture(0)
        for _ in 0..<20 {
            _ = try await bench.catalogue.jobs.claim(worker: "dead", limit: 10, now: .now, lease: 3_600)
            _ = try await bench.catalogue.jobs.reclaim(except: "nobody", now: .now)
        }
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        #expect(try await bench.picture(id)?.status == .broken)
        #expect(try await bench.picture(id)?.brokenReason?.contains("again and again") == true)
        try await bench.catalogue.pictures.retry(id)
        try await bench.run(bench.pipeline()) { try await eventually { try await bench.queueIsEmpty() } }
        #expect(try await bench.picture(id)?.status == .prepared)
    }

    @Test("a conflict in the catalogue is a failure of the work, not a lost lease: it comes to an end")
    func conflict() async throws {
        let bench = try await PipelineBench()
        let id = try await bench.admitPicture(0)
        // A trigger stands for any row that is there already.
        try await bench.catalogue.engine.write { connection in
            try connection.execute("CREATE TABLE taken (id INTEGER PRIMARY KEY)")
            try connection.execute("INSERT INTO taken (id) VALUES (1)")
            try connection.execute(
                """
                CREATE TRIGGER clash BEFORE UPDATE ON pictures WHEN NEW.status = 'prepared'
                BEGIN INSERT INTO taken (id) VALUES (1); END
                """)
        }
        try await bench.run(bench.pipeline { $0.retryDelays = [0] }) {
            try await eventually { try await bench.picture(id)?.status == .broken }
        }
    }
}
