import ArgumentParser
import Domain
import Foundation
import Storage
import StorageS3

/// Where the files of pictures are kept.
struct StorageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "storage", abstract: "Move the files of pictures to a bucket or back, or see how fast it is.",
        subcommands: [StorageMigrateCommand.self, StorageSpeedCommand.self])
}

struct StorageMigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Move the files of all pictures to where the settings say.",
        discussion: """
            Give it the settings that the server is to have from then on: to move into a bucket, WAYSIDE_STORAGE=s3 and \
            the bucket; to move back, WAYSIDE_STORAGE=directory and the bucket that the pictures are in.

            Each file is copied, read back and compared by its SHA-256. It may begin beside the running server, which \
            goes on with the old settings: it copies what there is, and says so. Then stop the server and run it once \
            more: it copies what has come since, and notes the new place. Start the server with the new settings.

            What was interrupted goes on where it was. The old place keeps its files until --remove-old is said.
            """)

    @Flag(help: "Go on without files that are missing or damaged in the old place.") var skipDamaged = false
    @Flag(help: "Do not read each file back: the storage has compared what it got with the MD5 of what was sent.")
    var quick = false
    @Flag(help: "Once all is in the new place, delete the files in the old one, for good.") var removeOld = false
    @OptionGroup var options: DataOptions
    @OptionGroup(title: "Storage") var storage: StorageOptions

    func run() async throws {
        let instance = try await Instance.open(options, storage)
        let removal = StorageRemoval(settings: instance.settings)
        let move = StorageMove(instance: instance, skipsDamaged: skipDamaged, readsBack: !quick)
        let isThere = try await move.run()
        guard removeOld else { return }
        guard isThere else { throw Failure(.conflict, "Nothing was removed: not everything is in the new place.") }
        try await removal.run()
        try await instance.audit("storage.old-removed", subject: "storage")
        Console.note("The old place holds no pictures any more.")
    }
}
