extension TagSource {
    /// Horizontal accuracy in metres: as measured, else estimated from what is known of the receiver.
    func horizontalAccuracy(make: String?, known: CameraTable.Camera?, warnings: inout [String]) -> Double? {
        if let measured = number(.gps, 0x001F) ?? xmpNumber("Xmp.exif.GPSHPositioningError"), measured >= 0 {
            return measured
        }
        let estimated = estimate(make: make, known: known)
        warnings.append(
            estimated == nil
                ? "The tags do not say how accurate the position is."
                : "The accuracy of the position is an estimate.")
        return estimated
    }

    private func estimate(make: String?, known: CameraTable.Camera?) -> Double? {
        let isDifferential = (number(.gps, 0x001E) ?? xmpNumber("Xmp.exif.GPSDifferential")) == 1
        if let dilution = number(.gps, 0x000B) ?? xmpNumber("Xmp.exif.GPSDOP"), dilution > 0 {
            // Metres per unit of dilution: about one with differential correction, about three without.
            return isDifferential ? dilution : 3 * dilution
        }
        if isDifferential { return 2 }
        return known?.gpsAccuracy ?? make.flatMap { Self.accuracyByMake[$0.lowercased()] }
    }

    /// Metres: receivers with correction, good receivers, telephones.
    private static let makesByAccuracy: [Double: String] = [
        2: "stfmani, trimble, imajing",
        4: "gopro, insta360, garmin, viofo, xiaoyi, blackvue, tectectec, arashi vision, qoocam, dji",
        5: """
        akaso, samsung, xiaomi, huawei, ricoh, lenovo, motorola, oneplus, apple, google, sony, wiko, asus, \
        cubot, lge, fairphone, realme, symphony, crosscall, htc, homtom, hmd global, oppo, ulefone
        """,
    ]

    private static let accuracyByMake = Dictionary(
        uniqueKeysWithValues: makesByAccuracy.flatMap { metres, makes in
            makes.split(separator: ", ").map { (String($0), metres) }
        })
}
