import Foundation

/// Writes small ONNX files: a graph of nodes with constant tensors, one input and some outputs.
package struct TestONNX {
    private var nodes: [TestProtobuf] = []
    private var constants: [TestProtobuf] = []
    private var names = 0

    package init() {}

    /// A float tensor; its name.
    package mutating func constant(_ values: [Float], _ dimensions: [Int]) -> String {
        constant(type: 1, dimensions, values.withUnsafeBytes { Data($0) })
    }

    /// A shape for `Reshape`; its name.
    package mutating func shape(_ dimensions: [Int]) -> String {
        constant(type: 7, [dimensions.count], dimensions.map(Int64.init).withUnsafeBytes { Data($0) })
    }

    private mutating func constant(type: Int, _ dimensions: [Int], _ bytes: Data) -> String {
        let name = newName()
        var tensor = TestProtobuf()
        for dimension in dimensions { tensor.add(1, dimension) }
        tensor.add(2, type)
        tensor.add(8, Data(name.utf8))
        tensor.add(9, bytes)
        constants.append(tensor)
        return name
    }

    /// A node with one output; the output's name. Attributes are lists of numbers, a list of one written as a number.
    package mutating func node(
        _ operation: String, _ inputs: [String], lists: [String: [Int]] = [:], numbers: [String: Int] = [:],
        output: String? = nil
    ) -> String {
        let name = output ?? newName()
        var node = TestProtobuf()
        for input in inputs { node.add(1, Data(input.utf8)) }
        node.add(2, Data(name.utf8))
        node.add(4, Data(operation.utf8))
        for (key, values) in lists {
            var attribute = TestProtobuf()
            attribute.add(1, Data(key.utf8))
            for value in values { attribute.add(8, value) }
            attribute.add(20, 7)
            node.add(5, attribute.bytes)
        }
        for (key, value) in numbers {
            var attribute = TestProtobuf()
            attribute.add(1, Data(key.utf8))
            attribute.add(3, value)
            attribute.add(20, 2)
            node.add(5, attribute.bytes)
        }
        nodes.append(node)
        return name
    }

    private mutating func newName() -> String {
        names += 1
        return "t\(names)"
    }

    /// The file. Inputs and outputs are float tensors.
    package func file(input: (String, [Int]), outputs: [(String, [Int])]) -> Data {
        var graph = TestProtobuf()
        for node in nodes { graph.add(1, node.bytes) }
        graph.add(2, Data("tiny".utf8))
        for constant in constants { graph.add(5, constant.bytes) }
        graph.add(11, Self.value(input))
        for output in outputs { graph.add(12, Self.value(output)) }
        var operators = TestProtobuf()
        operators.add(1, Data())
        operators.add(2, 13)
        var model = TestProtobuf()
        model.add(1, 8)
        model.add(7, graph.bytes)
        model.add(8, operators.bytes)
        return model.bytes
    }

    private static func value(_ value: (name: String, dimensions: [Int])) -> Data {
        var shape = TestProtobuf()
        for dimension in value.dimensions {
            var part = TestProtobuf()
            part.add(1, dimension)
            shape.add(1, part.bytes)
        }
        var tensor = TestProtobuf()
        tensor.add(1, 1)
        tensor.add(2, shape.bytes)
        var type = TestProtobuf()
        type.add(1, tensor.bytes)
        var info = TestProtobuf()
        info.add(1, Data(value.name.utf8))
        info.add(2, type.bytes)
        return info.bytes
    }
}

/// A message of protocol buffers, field by field.
struct TestProtobuf {
    private(set) var bytes = Data()

    mutating func add(_ field: Int, _ number: Int) {
        add(varint: UInt64(field << 3))
        add(varint: UInt64(number))
    }

    mutating func add(_ field: Int, _ data: Data) {
        add(varint: UInt64(field << 3 | 2))
        add(varint: UInt64(data.count))
        bytes.append(data)
    }

    private mutating func add(varint value: UInt64) {
        var rest = value
        while rest > 127 {
            bytes.append(UInt8(rest & 127) | 128)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
