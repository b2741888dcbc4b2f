import Domain
import Foundation
import Testing

@Suite("Identifiers and names")
struct IdentifierTests {
    @Test("an identifier is a lower-case UUID, read in any case, and nothing else")
    func identifiers() throws {
        let id = PictureID()
        #expect(id.string.count == 36)
        #expect(id.string == id.string.lowercased())
        #expect(PictureID(id.string.uppercased()) == id)
        for text in ["", "x", id.string + " ", String(id.string.dropLast()), "../../../etc/passwd/aaaaaaaaaaaaaaaaa"] {
            #expect(PictureID(text) == nil, "\(text)")
        }
        let json = try JSONEncoder().encode([id])
        #expect(try JSONDecoder().decode([PictureID].self, from: json) == [id])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([PictureID].self, from: Data(#"["x"]"#.utf8)) }
    }

    @Test(
        "a camera label's name is trimmed", arguments: ["vehicle-7", " vehicle-7\n", "Véhicule 7", "GoPro_1.2", "七号车"])
    func goodNames(_ text: String) throws {
        #expect(try CameraLabel.validName(text) == text.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    @Test(
        "a name that could be a path, a control or nothing at all is refused",
        arguments: ["", "  ", ".", "..", "a/b", "a\\b", "a\u{0}b", "a\nb", "<b>", String(repeating: "x", count: 81)])
    func badNames(_ text: String) {
        let failure = #expect(throws: Failure.self) { try CameraLabel.validName(text) }
        #expect(failure?.code == .unprocessable)
    }
}
