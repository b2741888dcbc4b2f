import Domain

/// Everything a picture's file says about itself, before any rule is applied.
struct TagSource: Sendable {
    let exif: ExifBlock?
    let xmp: XMPPacket?
    let mapillary: MapillaryTags?
    let goPro: GoProTelemetry?

    init(_ segments: JPEGSegments) {
        exif = segments.exif.flatMap { ExifBlock(payload: $0) }
        xmp = segments.xmp.flatMap { XMPPacket($0) }
        mapillary = exif?.field(.image, 0x010E)?.text.flatMap { MapillaryTags(description: $0) }
        goPro = segments.goPro.flatMap { GoProTelemetry($0) }
    }

    func text(_ group: ExifGroup, _ tag: UInt16) -> String? { exif?.field(group, tag)?.text }

    func number(_ group: ExifGroup, _ tag: UInt16) -> Double? { exif?.field(group, tag)?.number() }

    /// The number of an XMP property, by exiv2-style key.
    func xmpNumber(_ key: String) -> Double? { xmp?.texts[key].flatMap { NumberText.number($0) } }

    func xmpWhole(_ key: String) -> Int? { xmp?.texts[key].flatMap { NumberText.whole($0) } }
}
