import ArgumentParser
import Catalogue
import Domain

/// Which pictures a command is about.
struct PictureScopeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("All pictures of this camera label.", valueName: "name")) var label: String?
    @Option(help: ArgumentHelp("The pictures of this sequence.", valueName: "id")) var sequence: String?
    @Option(help: ArgumentHelp("This one picture.", valueName: "id")) var picture: String?

    func validate() throws {
        guard [label, sequence, picture].count(where: { $0 != nil }) == 1 else {
            throw ValidationError("Say which pictures: one of --label, --sequence and --picture.")
        }
    }

    /// Throws `.notFound` for what does not exist.
    func scope(_ instance: Instance) async throws -> PictureScope {
        if let label { return .label(try await instance.label(named: label).id) }
        if let sequence {
            guard let id = SequenceID(sequence),
                try await instance.catalogue.sequences.find(id, viewer: .system) != nil
            else { throw Failure.notFound("sequence") }
            return .sequence(id)
        }
        guard let id = picture.flatMap({ PictureID($0) }),
            try await instance.catalogue.pictures.find(id, viewer: .system) != nil
        else { throw Failure.notFound("picture") }
        return .picture(id)
    }
}
