import DarkroomProtocol
import Domain
import Foundation
import Glibc

extension Treatment {
    /// What would be hidden of a picture, and what it costs to know. Pictures without position and time are fine here.
    func look(_ request: TreatmentRequest) throws -> TreatmentReply.Look {
        let started = Self.processorSeconds()
        let file = try SourceFile.jpeg(URL(filePath: request.source), maximumPixels: request.maximumPixels)
        let structure = try JPEGStructure(of: file, maximumPixels: request.maximumPixels)
        let (orientation, type) = try tagReader.appearance(of: file, size: structure.size)
        let picture = try PlanarPicture(decoding: file)
        let size = orientation.turned(picture.size)
        var findings: [Candidate] = [], precision = "no search"
        if request.policy.leavesVisible.count < 2 {
            forgetNetworks(for: size)
            let networks = try networks()
            findings = try Search(networks: networks).findings(in: picture, orientation, type, request.policy)
            precision = networks.precision.rawValue
        }
        let plan = RedactionPlan(size: size, type: type, policy: request.policy)
        return TreatmentReply.Look(
            width: size.width, height: size.height, redactions: plan.redactions(of: findings),
            processorSeconds: Self.processorSeconds() - started, precision: precision)
    }

    private static func processorSeconds() -> Double {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
