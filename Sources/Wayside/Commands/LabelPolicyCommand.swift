import ArgumentParser
import Catalogue
import Domain
import Web

/// Everything that says what is hidden in a label's pictures.
struct LabelPolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Show or change what is hidden in the pictures of a label, and where.",
        discussion: """
            Without an option the policy is shown. A change holds for pictures that are worked on from now on.

            Settings:
              preset           none, fast, default or thorough
              subjects         what is hidden, between commas: face, plate, and
                               classes of your own models; or “nothing”
              face-threshold   lower scores are left alone: 0.05 to 0.95, or
                               “model” for the model's own
              face-margin      added on each side, as a part of the size:
                               0 to 2, or “model”
              plate-threshold  the same for number plates
              plate-margin     the same for number plates
              sky-until        rows above are not searched: a part of the
                               height from the top, 0.2 is a fifth
              bonnet-from      rows below are not searched

            A mask is always hidden, also with the preset none. It is an outline: points between spaces, each as parts \
            of the width and height of the picture as displayed.

            Examples:
              wayside label policy car-7 --set sky-until=0.25 --set preset=fast
              wayside label policy car-7 --add-mask "0,0.85 1,0.85 1,1 0,1"
            """)

    @Argument(help: "The camera label.") var label: String
    @Flag(help: "Show the policy (after a change: as it is then).") var show = false
    @Option(help: ArgumentHelp("Change a setting; can be given several times.", valueName: "setting=value"))
    var set: [String] = []
    @Option(help: ArgumentHelp("Add a mask.", valueName: "points")) var addMask: [String] = []
    @Option(help: ArgumentHelp("Remove a mask by the number that is shown.", valueName: "number"))
    var removeMask: [Int] = []
    @Flag(help: "Confirm that faces or number plates stay visible from now on.") var confirm = false
    @OptionGroup var options: DataOptions

    func run() async throws {
        let instance = try await Instance.open(options)
        var label = try await instance.label(named: label)
        if !set.isEmpty || !addMask.isEmpty || !removeMask.isEmpty {
            label = try await change(label, of: instance)
            Console.note("The policy of “\(label.name)” is changed, for pictures worked on from now on.")
            guard show else { return }
        }
        Console.say(Self.table(label.redaction).text)
    }

    private func change(_ label: CameraLabel, of instance: Instance) async throws -> CameraLabel {
        let changes = try set.map(Self.setting), added = try addMask.map { try Polygon(text: $0) }
        let removed = Swift.Set(removeMask)
        do {
            return try await LabelAdministration(catalogue: instance.catalogue).update(
                label.id, confirmsNoRedaction: confirm, by: .system
            ) { policy in
                for (setting, value) in changes { try setting.set(value, in: &policy) }
                let numbers = policy.masks.indices.map { $0 + 1 }
                if let missing = removed.subtracting(numbers).min() {
                    throw Failure(.unprocessable, "“\(label.name)” has no mask \(missing), but \(numbers.count) masks.")
                }
                policy.masks = numbers.filter { !removed.contains($0) }.map { policy.masks[$0 - 1] } + added
            }
        } catch let failure as Failure where failure.details["reason"] == "confirmation_needed" {
            throw Failure(
                .unprocessable,
                "Nothing is changed: add --confirm to leave faces or number plates of “\(label.name)” visible.")
        }
    }

    /// `setting=value` in its two parts.
    private static func setting(_ text: String) throws -> (PolicySetting, String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let setting = PolicySetting(rawValue: parts[0]) else {
            let known = PolicySetting.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(.unprocessable, "“\(text)” is no setting=value; the settings are \(known).")
        }
        return (setting, parts[1])
    }

    private static func table(_ policy: RedactionPolicy) -> TextTable {
        var table = TextTable(["setting", "value"])
        for setting in PolicySetting.allCases {
            table.add([setting.rawValue, setting.text(of: policy) + note(setting, policy)])
        }
        for (index, mask) in policy.masks.enumerated() { table.add(["mask \(index + 1)", mask.text]) }
        return table
    }

    /// The number that the model's own stands for.
    private static func note(_ setting: PolicySetting, _ policy: RedactionPolicy) -> String {
        guard setting.text(of: policy) == PolicySetting.model else { return "" }
        switch setting {
        case .faceThreshold: return " (\(DetectionTuning.usual(.face).threshold))"
        case .faceMargin: return " (\(DetectionTuning.usual(.face).margin))"
        case .plateThreshold: return " (\(DetectionTuning.usual(.plate).threshold))"
        case .plateMargin: return " (\(DetectionTuning.usual(.plate).margin))"
        case .preset, .subjects, .skyUntil, .bonnetFrom: return ""
        }
    }
}
