/// The kinds of raw files that are taken, told by the ending of their names.
package enum RawFormat: String, Sendable, CaseIterable {
    case arw, cr2, cr3, dng, gpr, nef, nrw, orf, pef, raf, rw2, srw

    /// Nil for the name of anything else.
    package init?(name: String) {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
        self.init(rawValue: name[name.index(after: dot)...].lowercased())
    }

    /// Whether two files of one upload set are a JPEG and its raw file: the same path but for the ending, and one of them
    /// is a raw file.
    package static func isPair(_ one: String, _ other: String) -> Bool {
        guard let base = base(of: one), base == self.base(of: other) else { return false }
        return (RawFormat(name: one) == nil) != (RawFormat(name: other) == nil)
    }

    /// The path without its ending; nil when there is no ending, or nothing before it.
    package static func base(of path: String) -> String? {
        guard let dot = path.lastIndex(of: "."), dot != path.startIndex else { return nil }
        let base = path[..<dot]
        return base.hasSuffix("/") ? nil : String(base)
    }

    /// As cameras write it.
    package var ending: String { rawValue.uppercased() }

    /// As programs for pictures know it; but for DNG none of these is registered.
    package var mediaType: String {
        switch self {
        case .dng, .gpr: "image/x-adobe-dng"
        case .cr2: "image/x-canon-cr2"
        case .cr3: "image/x-canon-cr3"
        case .nef, .nrw: "image/x-nikon-\(rawValue)"
        case .arw: "image/x-sony-arw"
        case .raf: "image/x-fuji-raf"
        case .orf: "image/x-olympus-orf"
        case .pef: "image/x-pentax-pef"
        case .rw2: "image/x-panasonic-rw2"
        case .srw: "image/x-samsung-srw"
        }
    }

    /// Bytes that `begins` needs.
    package static let startLength = 12

    /// Whether a file starts as one of raw files does: TIFF and what cameras have made of it, Fujifilm's own, or Canon's
    /// box file (CR3).
    package static func begins(_ start: [UInt8]) -> Bool {
        let starts = ["II*\0", "MM\0*", "IIRO", "IIRS", "MMOR", "IIU\0", "FUJIFILMCCD-"]
        return starts.contains { start.starts(with: Array($0.utf8)) }
            || start.count >= startLength && start[4..<startLength].elementsEqual("ftypcrx ".utf8)
    }
}
