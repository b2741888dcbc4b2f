import Catalogue
import Domain
import Foundation

/// What has to be done so that a destination has of one picture what its route says.
struct DeliveryPlan: Hashable, Sendable {
    /// To be sent, unless they turn out to be there as they are.
    private(set) var wanted: [WantedFile] = []
    /// To be taken back.
    private(set) var unwanted: [DeliveryRecord] = []
    /// To be taken back once what is wanted is there.
    private(set) var outdated: [DeliveryRecord] = []

    /// - Parameters:
    ///   - subject: the picture as it is now; nil when it is gone.
    ///   - records: what lies at the destination of it, or may.
    ///   - newest: of its label, where the route sends that alone.
    init(
        _ subject: DeliverySubject?, _ route: Route, _ records: [DeliveryRecord], newest: DeliverySubject? = nil
    ) {
        guard let subject, Self.isOf(route, subject) else {
            unwanted = records
            return
        }
        guard subject.mayBeSeen || route.whenHidden == .keep else {
            unwanted = records
            return
        }
        guard !route.newestOnly || newest?.picture.id == subject.picture.id else {
            // What has the name of the newest is replaced by it, so that there always is one.
            let kept = Self.allNames(newest, route)
            unwanted = records.filter { !kept.contains($0.name) }
            return
        }
        // Being made anew: what is there stays until that is done.
        guard subject.picture.status == .prepared else { return }
        for content in route.contents where content != .backup {
            switch Self.wish(content, subject) {
            case .file(let make): wanted.append(make(Self.names(content, subject, route)))
            case .leave: continue
            case .nothing: unwanted += records.filter { $0.content == content }
            }
        }
        unwanted += records.filter { !route.contents.contains($0.content) }
        guard route.contents.contains(.backup) else { return }
        let files = BackupFiles.of(subject)
        wanted += files
        let names = Set(files.flatMap(\.names))
        outdated = records.filter { $0.content == .backup && !names.contains($0.name) }
    }

    /// What lies there of a file under a name that it has no more.
    func stale(_ file: WantedFile, at name: String, _ records: [DeliveryRecord]) -> [DeliveryRecord] {
        // Of a backup there are many of one kind.
        file.content == .backup ? [] : records.filter { $0.content == file.content && $0.name != name }
    }

    private static func isOf(_ route: Route, _ subject: DeliverySubject) -> Bool {
        guard route.labels.contains(subject.label.id) else { return false }
        return route.since.map { subject.picture.createdAt >= $0 } ?? true
    }

    private enum Wish {
        case file((_ names: [String]) -> WantedFile)
        /// It is not here any more, and what was sent of it may stay.
        case leave
        case nothing
    }

    private static func wish(_ content: RouteContent, _ subject: DeliverySubject) -> Wish {
        switch content {
        case .hd: derivative(.hd, content, subject)
        case .sd: derivative(.sd, content, subject)
        case .thumb: derivative(.thumb, content, subject)
        case .original: original(content, subject.original, "image/jpeg", subject)
        case .raw: original(content, subject.raw?.stored, "application/octet-stream", subject)
        case .rendition: made(content, "image/jpeg")
        case .item: made(content, "application/geo+json")
        case .backup: .leave
        }
    }

    private static func derivative(
        _ kind: Derivative.Kind, _ content: RouteContent, _ subject: DeliverySubject
    ) -> Wish {
        guard let found = subject.picture.derivatives.first(where: { $0.kind == kind }) else { return .leave }
        return .file { names in
            WantedFile(content: content, names: names, size: found.size, sha256: found.sha256, type: "image/jpeg")
        }
    }

    private static func made(_ content: RouteContent, _ type: String) -> Wish {
        .file { WantedFile(content: content, names: $0, size: nil, sha256: nil, type: type) }
    }

    /// One that the label does not leave any more goes everywhere; so does one whose days are over.
    private static func original(
        _ content: RouteContent, _ stored: StoredOriginal?, _ type: String, _ subject: DeliverySubject
    ) -> Wish {
        guard subject.rule.policy != .discard else { return .nothing }
        guard let stored else { return subject.rule.days == nil ? .leave : .nothing }
        // Of before the label sealed them: it promises that no further copy can be read.
        guard stored.kind == .sealed || subject.rule.policy == .keep else { return .leave }
        return .file { names in
            WantedFile(
                content: content, names: names, size: stored.size, sha256: stored.sha256,
                type: stored.kind == .sealed ? "application/octet-stream" : type)
        }
    }

    private static func allNames(_ subject: DeliverySubject?, _ route: Route) -> Set<String> {
        guard let subject, isOf(route, subject) else { return [] }
        return Set(route.contents.flatMap { names($0, subject, route) })
    }

    private static func names(_ content: RouteContent, _ subject: DeliverySubject, _ route: Route) -> [String] {
        let picture = subject.picture
        let named = NamedPicture(
            id: picture.id, label: subject.label.name, capturedAt: picture.tags?.capturedAt ?? picture.createdAt,
            utcOffset: picture.tags?.utcOffsetMinutes ?? 0, originalName: picture.originalName)
        let ending = ending(content, subject)
        let name = route.pattern.name(named, content, ending: ending)
        let stem = name.dropLast(ending.count + 1)
        guard !route.newestOnly else { return [name] }
        return [name, "\(stem)_\(picture.id.string.prefix(8)).\(ending)", "\(stem)_\(picture.id).\(ending)"]
    }

    private static func ending(_ content: RouteContent, _ subject: DeliverySubject) -> String {
        switch content {
        case .item: "json"
        case .original where subject.original?.kind == .sealed: "jpg.sealed"
        case .raw: raw(subject.raw)
        default: "jpg"
        }
    }

    /// As its camera calls such files: `nef`.
    private static func raw(_ file: OriginalFile?) -> String {
        let own = file?.originalName.split(separator: ".").last.map { $0.lowercased() } ?? ""
        let isPlain =
            (1...5).contains(own.utf8.count)
            && own.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) }
        return (isPlain ? own : "raw") + (file?.stored.kind == .sealed ? ".sealed" : "")
    }
}
