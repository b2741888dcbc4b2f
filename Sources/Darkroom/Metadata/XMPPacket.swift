/// A standard XMP packet (ISO 16684-1): the properties about the picture.
struct XMPPacket: Sendable {
    /// A property as an element, whether the packet wrote it so or as an attribute.
    private(set) var properties: [XMLElement]
    /// Plain properties by exiv2-style key, such as `Xmp.GPano.ProjectionType`; items of a list joined with `, `.
    let texts: [String: String]

    private static let longestPacket = 65_536

    /// `nil` when it is no XMP, malformed, longer than 64 KB, or declares a document type.
    init?(_ bytes: [UInt8]) {
        guard bytes.count <= Self.longestPacket, let root = XMLReader.read(bytes) else { return nil }
        let rdf =
            root.name.space == XMPSpace.rdf
            ? root : root.children.first { $0.name.space == XMPSpace.rdf && $0.name.local == "RDF" }
        guard let rdf else { return nil }
        self.init(properties: rdf.children.flatMap(Self.properties))
    }

    private init(properties: [XMLElement]) {
        self.properties = properties
        texts = Dictionary(
            properties.compactMap { property in
                guard let key = Self.key(property.name), let text = Self.plainText(property) else { return nil }
                return (key, text)
            },
            uniquingKeysWith: { first, _ in first })
    }

    /// Without whatever is not a plain value or a list of them, in a name space that holds plain values.
    func keepingPlainProperties() -> XMPPacket {
        XMPPacket(properties: properties.filter(Self.isSafe))
    }

    /// As it is for a copy of the picture at another size: the parts of the sphere (photo sphere XMP metadata) are in pixels.
    ///
    /// - Parameter scale: nil for a picture that is a part, and no panorama.
    func scalingPanorama(by scale: Double?) -> XMPPacket {
        guard scale != 1 else { return self }
        return XMPPacket(
            properties: properties.compactMap { property in
                guard let key = Self.key(property.name), key.hasPrefix("Xmp.GPano."), let scale else {
                    return Self.key(property.name)?.hasPrefix("Xmp.GPano.") == true ? nil : property
                }
                guard key.hasSuffix("Pixels"), let pixels = NumberText.whole(property.text) else { return property }
                return XMLElement(
                    name: property.name, attributes: property.attributes,
                    text: String(Int((Double(pixels) * scale).rounded())))
            })
    }

    private static func properties(of description: XMLElement) -> [XMLElement] {
        guard description.name.space == XMPSpace.rdf, description.name.local == "Description" else { return [] }
        let written = description.attributes
            .filter { $0.name.space != XMPSpace.rdf && $0.name.space != XMPSpace.xml && !$0.name.space.isEmpty }
            .map { XMLElement(name: $0.name, attributes: [], text: $0.value) }
        return written + description.children
    }

    private static func key(_ name: XMLElement.Name) -> String? {
        guard name.local.utf8.allSatisfy({ isKeyByte($0) }), name.local.utf8.count <= 60,
            let prefix = XMPSpace.prefixes[name.space]
        else { return nil }
        return "Xmp.\(prefix).\(name.local)"
    }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45 || byte == 95
    }

    /// The value of a simple property, or the items of a list; `nil` for a structure and for nothing.
    private static func plainText(_ property: XMLElement) -> String? {
        guard let list = property.children.first else { return CleanText.cleaned(property.text) }
        guard isPlainList(property) else { return nil }
        return CleanText.cleaned(list.children.compactMap { CleanText.cleaned($0.text) }.joined(separator: ", "))
    }

    private static func isPlainList(_ property: XMLElement) -> Bool {
        guard property.children.count == 1, let list = property.children.first, list.name.space == XMPSpace.rdf,
            ["Seq", "Bag", "Alt"].contains(list.name.local)
        else { return false }
        return list.children.allSatisfy {
            $0.name.space == XMPSpace.rdf && $0.name.local == "li" && $0.children.isEmpty
        }
    }

    /// A picture in base64 takes more than this, even a very small one.
    private static let longestText = 1_024

    /// What the EXIF block, written anew, says: the packet must not contradict it.
    private static let saidByExif: Set<String> = [
        "Xmp.tiff.Orientation", "Xmp.tiff.ImageWidth", "Xmp.tiff.ImageLength", "Xmp.exif.PixelXDimension",
        "Xmp.exif.PixelYDimension",
    ]

    private static func isSafe(_ property: XMLElement) -> Bool {
        guard let key = key(property.name), !saidByExif.contains(key),
            property.children.isEmpty || isPlainList(property)
        else { return false }
        let texts = [property.text] + property.children.flatMap(\.children).map(\.text)
        return !mayHoldPicture(texts.joined(separator: " "))
    }

    /// Whether a text is so long that it may be a picture in base64, or starts one somewhere (`/9j/` is how every JPEG
    /// starts in base64).
    static func mayHoldPicture(_ text: String) -> Bool { text.utf8.count > longestText || text.contains("/9j/") }
}
