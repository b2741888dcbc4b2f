import Domain
import Foundation

extension TagSource {
    /// Both clocks' times. `zone` is the time zone at the place of capture, when that is known, and `clock` the one whose
    /// time the camera's clock shows where the tags do not say.
    func captureTimes(zone: TimeZone?, clock: TimeZone?, warnings: inout [String]) -> CaptureTimes {
        CaptureTimes(
            gps: gpsReading(zone: zone, &warnings), camera: cameraReading(zone: zone, set: clock, &warnings))
    }

    // MARK: Satellite time, always UTC

    private func gpsReading(zone: TimeZone?, _ warnings: inout [String]) -> CaptureTimes.Reading? {
        guard let time = exifGPSTime(&warnings) ?? xmpGPSTime() ?? mapillaryTime() else { return nil }
        let moment = time.moment()
        return CaptureTimes.Reading(
            moment: moment, hasSubSeconds: time.hasSubSeconds, offsetSeconds: zone?.secondsFromGMT(for: moment) ?? 0)
    }

    private func exifGPSTime(_ warnings: inout [String]) -> CivilTime? {
        guard let stamp = text(.gps, 0x001D), let clock = exif?.field(.gps, 0x0007) else { return nil }
        guard let date = TimeText.date(stamp), let time = Self.timeOfDay(clock),
            let found = CivilTime(
                year: date.year, month: date.month, day: date.day, hour: time.hour, minute: time.minute,
                second: time.second)
        else {
            warnings.append("The GPS date and time cannot be read and are left out.")
            return nil
        }
        return found
    }

    /// Three fractions, of which hours and minutes must be whole; some writers use text.
    private static func timeOfDay(_ field: ExifField) -> (hour: Int, minute: Int, second: Double)? {
        if field.format == .ascii { return field.text.flatMap { TimeText.timeOfDay($0) } }
        guard let hour = field.number(at: 0), let minute = field.number(at: 1), let second = field.number(at: 2),
            (0..<24).contains(hour), (0..<60).contains(minute)
        else { return nil }
        return (Int(hour), Int(minute), second)
    }

    private func xmpGPSTime() -> CivilTime? {
        guard let text = xmp?.texts["Xmp.exif.GPSTimeStamp"] ?? xmp?.texts["Xmp.exif.GPSDateTime"] else { return nil }
        if let reading = TimeText.dateTime(text) {
            guard let offset = reading.offsetSeconds, offset != 0 else { return reading.time }
            // Written in another zone, against the specification: turn it into UTC.
            return CivilTime(utc: reading.time.moment(offsetSeconds: offset))
        }
        guard let date = xmp?.texts["Xmp.exif.GPSDateStamp"].flatMap({ TimeText.date($0) }),
            let time = TimeText.timeOfDay(text)
        else { return nil }
        return CivilTime(
            year: date.year, month: date.month, day: date.day, hour: time.hour, minute: time.minute,
            second: time.second)
    }

    /// `2016_06_10_21_31_24_996`: the last figure counts milliseconds.
    private func mapillaryTime() -> CivilTime? {
        guard let parts = mapillary?.gpsTime?.split(separator: "_").map({ NumberText.whole($0) }), parts.count == 7,
            let year = parts[0], let month = parts[1], let day = parts[2], let hour = parts[3], let minute = parts[4],
            let second = parts[5], let millisecond = parts[6], (0..<1_000).contains(millisecond)
        else { return nil }
        return CivilTime(
            year: year, month: month, day: day, hour: hour, minute: minute,
            second: Double(second) + Double(millisecond) / 1_000)
    }

    // MARK: Camera time

    /// One place where a camera may have put its clock's time.
    private struct CameraClock {
        let text: String?
        let fraction: String?
        let offset: String?
    }

    private var cameraClocks: [CameraClock] {
        let original = text(.photo, 0x9291)
        let texts = xmp?.texts ?? [:]
        return [
            CameraClock(
                text: text(.photo, 0x9003), fraction: original, offset: text(.photo, 0x9011) ?? text(.photo, 0x9010)),
            CameraClock(
                text: text(.image, 0x9003), fraction: original, offset: text(.photo, 0x9011) ?? text(.photo, 0x9010)),
            CameraClock(text: text(.image, 0x0132), fraction: text(.photo, 0x9290), offset: text(.photo, 0x9010)),
            CameraClock(text: texts["Xmp.GPano.SourceImageCreateTime"], fraction: nil, offset: nil),
            CameraClock(
                text: texts["Xmp.exif.DateTimeOriginal"], fraction: texts["Xmp.exif.SubsecTimeOriginal"],
                offset: texts["Xmp.exif.OffsetTimeOriginal"] ?? texts["Xmp.exifEX.OffsetTimeOriginal"]),
        ]
    }

    private func cameraReading(
        zone: TimeZone?, set: TimeZone?, _ warnings: inout [String]
    ) -> CaptureTimes.Reading? {
        let texts = cameraClocks.filter { $0.text != nil }
        for clock in texts {
            guard let reading = clock.text.flatMap({ TimeText.dateTime($0) }) else { continue }
            return Self.reading(reading, of: clock, zone: zone, set: set, &warnings)
        }
        if !texts.isEmpty { warnings.append("The camera's date and time cannot be read and are left out.") }
        return nil
    }

    private static func reading(
        _ reading: TimeText.Reading, of clock: CameraClock, zone: TimeZone?, set: TimeZone?,
        _ warnings: inout [String]
    ) -> CaptureTimes.Reading {
        var time = reading.time
        if !time.hasSubSeconds, let fraction = clock.fraction.flatMap({ TimeText.fraction($0) }) {
            time = time.withFraction(fraction) ?? time
        }
        func told(_ offset: Int, shownAs shown: Int? = nil) -> CaptureTimes.Reading {
            CaptureTimes.Reading(
                moment: time.moment(offsetSeconds: offset), hasSubSeconds: time.hasSubSeconds,
                offsetSeconds: shown ?? offset)
        }
        if let stated = reading.offsetSeconds ?? clock.offset.flatMap({ TimeText.offset($0) }) {
            return told(stated)
        }
        guard let clockZone = set ?? zone else {
            warnings.append("Neither the tags nor a position give the time zone; UTC is assumed.")
            return told(0)
        }
        let offset = time.offsetSeconds(in: clockZone)
        guard set != nil, let zone else { return told(offset) }
        return told(offset, shownAs: zone.secondsFromGMT(for: time.moment(offsetSeconds: offset)))
    }
}

extension CivilTime {
    /// How far a clock on the wall in `zone` is ahead of UTC when it shows this.
    ///
    /// An hour that the clock shows twice is taken as winter time; one that it skips as if it had not been moved yet.
    func offsetSeconds(in zone: TimeZone) -> Int {
        let asUTC = moment()
        let before = zone.secondsFromGMT(for: asUTC.addingTimeInterval(-86_400))
        let after = zone.secondsFromGMT(for: asUTC.addingTimeInterval(86_400))
        guard before != after else { return before }
        let valid = [before, after].filter { zone.secondsFromGMT(for: asUTC.addingTimeInterval(Double(-$0))) == $0 }
        return valid.min() ?? before
    }

    /// What a clock on UTC shows at `moment`, to the microsecond.
    init?(utc moment: Date) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second, .nanosecond], from: moment)
        guard let year = parts.year, let month = parts.month, let day = parts.day, let hour = parts.hour,
            let minute = parts.minute, let second = parts.second, let nanosecond = parts.nanosecond
        else { return nil }
        self.init(
            year: year, month: month, day: day, hour: hour, minute: minute,
            second: Double(second) + (Double(nanosecond) / 1_000).rounded() / 1_000_000)
    }
}
