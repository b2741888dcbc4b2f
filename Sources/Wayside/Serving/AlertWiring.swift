import Alerts
import AsyncHTTPClient
import Catalogue
import Domain
import Foundation
import Logging
import Storage
import StorageS3
import Web

/// What is looked at, who is told, and in which words.
struct AlertWiring {
    let settings: Settings
    let catalogue: Catalogue
    let store: any ObjectStore
    let health: StorageHealth
    let logger: Logger

    func service() throws -> AlertService {
        AlertService(
            alerts: catalogue.alerts, looks: looks, channels: AlertChannels(settings: settings, logger: logger).all,
            reminder: settings.alerts.reminder, message: try Self.words(settings), logger: logger)
    }

    /// Puts what is to be told into the server's language.
    static func words(_ settings: Settings) throws -> @Sendable (AlertNotice) throws -> AlertMessage {
        let words = try AlertWords(settings.language, folder: settings.templatesFolder)
        let address = settings.publicURL.map { "\($0.hasSuffix("/") ? String($0.dropLast()) : $0)/admin/alerts" }
        let instance = settings.instanceName
        return { notice in
            let told = words.told(notice, address: address)
            return AlertMessage(notice: notice, title: told.title, text: told.text, instance: instance)
        }
    }

    private var looks: [AlertLook] {
        let watches = catalogue.labelWatches
        let labels = AlertLook([.labelSilent, .positionsMissing]) { moment in
            try await watches.watched(at: moment).flatMap { $0.findings(at: moment) }
        }
        let disk = DiskLook(path: settings.data.path, most: settings.alerts.diskInUse)
        let (destinations, limit) = (catalogue.destinations, settings.alerts.deliveryLimit)
        let routes = AlertLook([.deliveryBehind, .destinationDown]) { moment in
            // What waits for its window waits for a day at most.
            let late = moment.addingTimeInterval(-limit)
            return try await destinations.troubles(waitingSince: late, windowed: late.addingTimeInterval(-86_400))
                .flatMap(\.findings)
        }
        let looks = [labels, routes, AlertLook([.diskFull]) { _ in [disk.finding].compactMap(\.self) }]
        guard let store = store as? S3Store else {
            // Of a bucket that was left there is nothing to say.
            return looks + [AlertLook([.storageUnreachable, .storageExposed]) { _ in [] }]
        }
        return looks + [
            AlertLook([.storageUnreachable]) { _ in [await Self.reach(store)] },
            AlertLook([.storageExposed]) { [health] _ in [Self.exposure(health)] },
        ]
    }

    /// Whether the bucket answers, by the cheapest question there is.
    private static func reach(_ store: S3Store) async -> AlertFinding {
        let topic = AlertTopic(.storageUnreachable)
        do {
            _ = try await store.head(.derivative(PictureID(), revision: 1, .hd))
            return AlertFinding(topic, isTrouble: false, calm: 60)
        } catch {
            let reason = (error as? Failure)?.message ?? "\(type(of: error))"
            return AlertFinding(topic, isTrouble: true, grace: 120, details: ["reason": reason])
        }
    }

    private static func exposure(_ health: StorageHealth) -> AlertFinding {
        let found = health.exposures
        return AlertFinding(
            AlertTopic(.storageExposed), isTrouble: health.isKnown ? !found.isEmpty : nil,
            details: found.isEmpty ? [:] : ["reason": found.joined(separator: " ")])
    }
}
