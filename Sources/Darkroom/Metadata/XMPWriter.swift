/// Writes plain XMP properties as a packet (ISO 16684-1, 7).
enum XMPWriter {
    /// The packet; `nil` when there is no property to write.
    static func write(_ packet: XMPPacket) -> String? {
        guard !packet.properties.isEmpty else { return nil }
        let spaces = Set(packet.properties.map(\.name.space)).sorted()
        let prefixes = Dictionary(uniqueKeysWithValues: spaces.enumerated().map { ($1, "ns\($0)") })
            .merging(wellKnown(in: spaces)) { _, known in known }
        let declarations = spaces.map { " xmlns:\(prefixes[$0] ?? "")=\"\(escaped($0))\"" }.joined()
        let properties = packet.properties.map { property($0, prefixes) }.joined()
        return """
            <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="\(XMPSpace.rdf)">\
            <rdf:Description rdf:about=""\(declarations)>\(properties)</rdf:Description></rdf:RDF></x:xmpmeta>
            <?xpacket end="r"?>
            """
    }

    /// The usual prefixes, each for the first of its addresses only.
    private static func wellKnown(in spaces: [String]) -> [String: String] {
        var taken: Set<String> = []
        var known: [String: String] = [:]
        for space in spaces {
            guard let prefix = XMPSpace.prefixes[space], taken.insert(prefix).inserted else { continue }
            known[space] = prefix
        }
        return known
    }

    private static func property(_ property: XMLElement, _ prefixes: [String: String]) -> String {
        let name = "\(prefixes[property.name.space] ?? ""):\(property.name.local)"
        guard let list = property.children.first else { return "<\(name)>\(escaped(property.text))</\(name)>" }
        let items = list.children.map { item in
            let language = item.attribute(XMPSpace.xml, "lang").map { " xml:lang=\"\(escaped($0))\"" } ?? ""
            return "<rdf:li\(language)>\(escaped(item.text))</rdf:li>"
        }
        return "<\(name)><rdf:\(list.name.local)>\(items.joined())</rdf:\(list.name.local)></\(name)>"
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\t", "\n", "\r": escaped += " "
            // Not allowed in XML 1.0 at all.
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: break
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
