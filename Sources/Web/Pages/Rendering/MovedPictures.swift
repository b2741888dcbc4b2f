import Catalogue
import Domain

/// What the page of an upload says of pictures that are in another one than their files came in.
struct MovedPictures: Sendable {
    struct Place: Sendable {
        let href: String
        let title: String
        let pictures: String
    }

    let text: String
    let places: [Place]

    /// Those that went, then those that came; nothing where there are none.
    static func all(_ neighbours: UploadSetNeighbours, _ words: PageWords) -> [MovedPictures] {
        var all: [MovedPictures] = []
        if neighbours.given > 0 {
            let text = words("set.movedAway", count: neighbours.given)
            all.append(MovedPictures(text: text, places: places(neighbours.takers, words)))
        }
        if neighbours.taken > 0 {
            let text = words("set.movedHere", count: neighbours.taken)
            all.append(MovedPictures(text: text, places: places(neighbours.givers, words)))
        }
        return all
    }

    private static func places(_ sets: [UploadSetNeighbours.Neighbour], _ words: PageWords) -> [Place] {
        let format = PageFormat(words.language)
        return sets.map { Place(href: "/uploads/\($0.id)", title: $0.title, pictures: format.number($0.pictures)) }
    }
}
