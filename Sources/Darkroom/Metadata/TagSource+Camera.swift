extension TagSource {
    func camera() -> CameraTags {
        let make = text(.image, 0x010F) ?? mapillary?.make ?? xmp?.texts["Xmp.tiff.Make"]
        let model = text(.image, 0x0110) ?? mapillary?.model ?? xmp?.texts["Xmp.tiff.Model"]
        return CameraTags(
            make: make, model: model.map { Self.model($0, without: make) }, serialNumber: serialNumber(),
            orientation: orientation(),
            focalLength: positive(.photo, 0x920A) ?? positive(.image, 0x920A),
            filmFocalLength: positive(.photo, 0xA405) ?? positive(.image, 0xA405))
    }

    private func orientation() -> Int {
        guard let value = exif?.field(.image, 0x0112)?.integer(), (1...8).contains(value) else { return 1 }
        return value
    }

    private func positive(_ group: ExifGroup, _ tag: UInt16) -> Double? {
        number(group, tag).flatMap { $0 > 0 ? $0 : nil }
    }

    private func serialNumber() -> String? {
        text(.photo, 0xA431) ?? text(.image, 0xA431) ?? text(.image, 0xC62F) ?? goPro?.serialNumber
            ?? xmp?.texts["Xmp.exifEX.BodySerialNumber"] ?? xmp?.texts["Xmp.aux.SerialNumber"]
    }

    /// Some cameras repeat the make in front of the model.
    private static func model(_ model: String, without make: String?) -> String {
        guard let make, model.count > make.count, model.hasPrefix(make),
            let rest = CleanText.cleaned(String(model.dropFirst(make.count)))
        else { return model }
        return rest
    }
}
