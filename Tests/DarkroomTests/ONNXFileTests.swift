import Darkroom
import Testing

@Suite("A network's file without the outputs that nobody reads")
struct ONNXFileTests {
    /// A field that holds bytes.
    private func field(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
        var length = [UInt8(content.count & 0x7f)]
        if content.count > 0x7f { length = [length[0] | 0x80, UInt8(content.count >> 7)] }
        return [number << 3 | 2] + length + content
    }

    private func output(_ name: String) -> [UInt8] { field(12, field(1, Array(name.utf8)) + field(2, [8, 1])) }

    /// With a version before the graph and something behind it.
    private func file(_ outputs: [String], weights: Int = 200) -> [UInt8] {
        let node = field(1, Array("node".utf8)), weights = field(5, [UInt8](repeating: 7, count: weights))
        return [8, 0x96, 1] + field(7, node + weights + outputs.flatMap(output)) + field(8, [16, 11])
    }

    @Test("what is not asked for is left out, everything else stays byte for byte")
    func leftOut() {
        let all = ONNXFile(bytes: file(["boxes", "scores", "corners"]))
        #expect(all.asking(only: ["boxes", "scores"]) == file(["boxes", "scores"]))
        #expect(all.asking(only: ["corners"]) == file(["corners"]))
        #expect(all.asking(only: ["boxes", "scores", "corners"]) == all.bytes)
    }

    @Test("a file that lacks what is asked for stays as it is, so that the engine can say what is wrong")
    func lacking() {
        let all = ONNXFile(bytes: file(["boxes"]))
        #expect(all.asking(only: ["boxes", "scores"]) == all.bytes)
    }

    @Test("what is no such file stays as it is, wherever it is cut or whatever byte is changed")
    func broken() {
        let whole = file(["boxes", "scores", "corners"], weights: 20)
        for length in 0..<whole.count {
            let cut = Array(whole.prefix(length))
            #expect(ONNXFile(bytes: cut).asking(only: ["boxes"]).count <= length)
        }
        for place in whole.indices {
            var changed = whole
            changed[place] = 0xff
            #expect(ONNXFile(bytes: changed).asking(only: ["boxes"]).count <= whole.count)
        }
        let endless = [UInt8](repeating: 0x80, count: 40)
        #expect(ONNXFile(bytes: endless).asking(only: ["boxes"]) == endless)
    }
}
