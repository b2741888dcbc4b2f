import Delivery
import Testing

@Suite("Outgoing files")
struct OutgoingFileTests {
    @Test("an outgoing file keeps its name and its figures")
    func keepsWhatItIsGiven() {
        let file = OutgoingFile(path: "/tmp/a", name: "car-7/a.jpg", size: 3, sha256: "00", type: "image/jpeg")
        #expect(file.name == "car-7/a.jpg" && file.size == 3)
    }
}
