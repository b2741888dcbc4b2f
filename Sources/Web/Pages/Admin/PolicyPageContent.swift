import Domain
import Foundation

/// What the page of a label's redaction policy shows.
struct PolicyPageContent: Sendable {
    struct Preset: Sendable {
        let value: String
        let text: String
        let help: String
        let isSelected: Bool
    }

    /// Threshold and margin of one of Wayside's models; empty where it is left to the model.
    struct Tuning: Sendable {
        let key: String
        let title: String
        let isHidden: Bool
        let threshold: String
        let usualThreshold: String
        /// Percent.
        let margin: String
        let usualMargin: String
    }

    struct Mask: Sendable {
        let points: String
        /// The same on the sample, which may show a part of what the camera sees.
        let shown: String
        let text: String
        let delete: String
        let number: String
        let label: String
        let picture: String
    }

    struct Sample: Sendable {
        let id: String
        let width: String
        let height: String
    }

    struct Choice: Sendable {
        let href: String
        let id: String
        let alt: String
        let isCurrent: Bool
    }

    let menu: AdminMenu
    let notice: PageNotice?
    let id: String
    let name: String
    let isUnredacted: Bool
    /// Of face and plate those that stay visible now, between spaces.
    let visible: String
    let presets: [Preset]
    let tunings: [Tuning]
    let classes: String
    /// Percent.
    let skyUntil: String
    let bonnetFrom: String
    let relativeHeading: String
    let clockZone: String
    let zones: [String]
    let hasMasks: Bool
    let masks: [Mask]
    let mayAddMask: Bool
    let picture: String
    let sample: Sample?
    let hasChoices: Bool
    let choices: [Choice]

    /// - Parameter frame: of the sample.
    init(
        _ label: CameraLabel, sample: Picture?, frame: PictureFrame?, among newest: [Picture], notice: PageNotice?,
        _ words: PageWords
    ) {
        let policy = label.redaction, id = label.id.string, picture = sample?.id.string ?? ""
        menu = AdminTabs.labels.menu(words)
        self.notice = notice
        self.id = id
        name = label.name
        isUnredacted = policy.leavesVisible.count == 2
        visible = policy.leavesVisible.map(\.rawValue).sorted().joined(separator: " ")
        presets = [.default, .fast, .thorough, .none].map { (preset: RedactionPreset) in
            Preset(
                value: preset.rawValue, text: words("labels.preset_\(preset.rawValue)"),
                help: words("policy.preset_\(preset.rawValue)"), isSelected: preset == policy.preset)
        }
        tunings = [.face, .plate].map { Self.tuning(of: $0, policy, words) }
        classes = policy.subjects.filter { $0 != "face" && $0 != "plate" }.joined(separator: ", ")
        skyUntil = Self.plain(policy.rows.skyUntil * 100)
        bonnetFrom = Self.plain(policy.rows.bonnetFrom * 100)
        relativeHeading = label.mounting.relativeHeading.map(Self.plain) ?? ""
        clockZone = label.mounting.clockZone ?? ""
        zones = TimeZone.knownTimeZoneIdentifiers
        hasMasks = !policy.masks.isEmpty
        masks = policy.masks.enumerated().map { index, mask in
            Self.mask(mask, frame, number: index + 1, label: id, picture: picture, words)
        }
        mayAddMask = policy.masks.count < RedactionPolicy.mostMasks
        self.picture = picture
        self.sample = sample.flatMap { picture in
            picture.tags.map { Sample(id: picture.id.string, width: "\($0.width)", height: "\($0.height)") }
        }
        hasChoices = newest.count > 1
        choices = newest.map { Self.choice($0, of: id, isCurrent: $0.id == sample?.id, words) }
    }

    private static func tuning(
        of subject: Redaction.Subject, _ policy: RedactionPolicy, _ words: PageWords
    ) -> Tuning {
        let (tuning, usual) = (policy.tuning(of: subject), DetectionTuning.usual(subject))
        return Tuning(
            key: subject.rawValue, title: words("policy.\(subject.rawValue)"),
            isHidden: policy.subjects.contains(subject.rawValue),
            threshold: tuning.threshold.map(plain) ?? "", usualThreshold: plain(usual.threshold),
            margin: tuning.margin.map { plain($0 * 100) } ?? "", usualMargin: plain(usual.margin * 100))
    }

    private static func mask(
        _ mask: Polygon, _ frame: PictureFrame?, number: Int, label: String, picture: String, _ words: PageWords
    ) -> Mask {
        let bounds = mask.bounds
        func percent(_ part: Double) -> String { "\(Int((part * 100).rounded()))" }
        let values = [
            "n": "\(number)", "points": "\(mask.points.count)", "left": percent(bounds.left),
            "right": percent(bounds.right), "top": percent(bounds.top), "bottom": percent(bounds.bottom),
        ]
        return Mask(
            points: mask.text, shown: (frame?.shownParts(mask) ?? mask).text, text: words("policy.maskText", values),
            delete: words("policy.maskDelete", ["n": "\(number)"]), number: "\(number)", label: label,
            picture: picture)
    }

    private static func choice(
        _ picture: Picture, of label: String, isCurrent: Bool, _ words: PageWords
    ) -> Choice {
        let time = picture.tags.map { PageTime.dateAndClock($0.capturedAt, utcOffsetMinutes: $0.utcOffsetMinutes) }
        return Choice(
            href: "/admin/labels/\(label)?picture=\(picture.id)#masks", id: picture.id.string,
            alt: words("policy.choose", ["time": time ?? ""]), isCurrent: isCurrent)
    }

    /// As number inputs want it, in any language.
    private static func plain(_ value: Double) -> String {
        let rounded = (value * 1000).rounded() / 1000
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
}
