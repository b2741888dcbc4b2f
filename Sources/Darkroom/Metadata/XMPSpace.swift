/// The name spaces of XMP that this reads, under the prefixes exiv2 gives them.
enum XMPSpace {
    static let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    static let xml = "http://www.w3.org/XML/1998/namespace"

    /// Prefix by address. Only these are served again: none of their plain properties holds a picture.
    static let prefixes: [String: String] = [
        "http://ns.google.com/photos/1.0/panorama/": "GPano",
        "http://ns.adobe.com/exif/1.0/": "exif",
        "http://cipa.jp/exif/1.0/": "exifEX",
        "http://ns.adobe.com/exif/1.0/aux/": "aux",
        "http://ns.adobe.com/tiff/1.0/": "tiff",
        "http://ns.adobe.com/xap/1.0/": "xmp",
        "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
        "http://purl.org/dc/elements/1.1/": "dc",
        "http://ns.adobe.com/photoshop/1.0/": "photoshop",
        "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "iptc",
        "http://pix4d.com/camera/1.0": "Camera",
        "http://pix4d.com/camera/1.0/": "Camera",
        "http://www.dji.com/drone-dji/1.0/": "drone-dji",
        "http://ns.microsoft.com/photo/1.0/": "MicrosoftPhoto",
        "http://ns.microsoft.com/photo/1.0": "MicrosoftPhoto",
    ]
}
